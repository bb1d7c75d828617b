package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.Require;
import java.util.function.Supplier;

/**
 * How to reach a cluster's API.
 *
 * @param cluster its name, for messages
 * @param endpoint the API server's URL
 * @param certificateAuthority the API server's CA certificate as PEM text; null trusts what the JVM trusts
 * @param token gives a bearer token that is valid now; asked for every request
 */
public record ClusterConnection(String cluster, String endpoint, String certificateAuthority, Supplier<String> token) {
    public ClusterConnection {
        Require.text("cluster", cluster);
        Require.text("endpoint", endpoint);
        Require.present("token", token);
    }
}
