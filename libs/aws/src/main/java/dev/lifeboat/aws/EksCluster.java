package dev.lifeboat.aws;

import java.util.function.Supplier;

/**
 * An EKS cluster's API.
 *
 * @param name the cluster's name
 * @param endpoint the API server's URL
 * @param certificateAuthority the API server's CA certificate as PEM text
 * @param token gives a bearer token that is valid now; renews it by itself
 */
public record EksCluster(String name, String endpoint, String certificateAuthority, Supplier<String> token) {}
