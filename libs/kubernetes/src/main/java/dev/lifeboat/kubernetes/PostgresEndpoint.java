package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.Require;

/**
 * Where PostgreSQL listens: a pod's own address, which the VPC routes to, so that no load balancer is needed.
 *
 * @param host the pod's IP
 * @param port the container's port
 * @param pod the pod's name
 * @param podUid the pod's UID: another pod of the same name has another
 */
public record PostgresEndpoint(String host, int port, String pod, String podUid) {
    public PostgresEndpoint {
        Require.text("host", host);
        Require.range("port", port, 1, 65535);
        Require.text("pod", pod);
        Require.text("podUid", podUid);
    }
}
