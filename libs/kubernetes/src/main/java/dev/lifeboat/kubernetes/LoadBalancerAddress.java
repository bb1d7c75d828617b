package dev.lifeboat.kubernetes;

/**
 * Where a load balancer answers: one of the two is set.
 *
 * @param hostname as AWS gives, or null
 * @param ip as other providers give, or null
 */
public record LoadBalancerAddress(String hostname, String ip) {}
