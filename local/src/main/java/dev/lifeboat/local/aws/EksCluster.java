package dev.lifeboat.local.aws;

/**
 * What {@code eks:DescribeCluster} tells of a cluster.
 *
 * @param endpoint the API server's address, {@code https://127.0.0.1:...}
 * @param certificateAuthorityData base64 of the PEM of the CA that signed its certificate
 */
public record EksCluster(String endpoint, String certificateAuthorityData) {}
