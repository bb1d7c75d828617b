package dev.lifeboat.lambda;

import dev.lifeboat.contract.Require;

/**
 * What readiness.asl.json asks a function, with the names of what it will need and cannot know from its own settings. All but the
 * first may be null: then that is not looked at.
 *
 * @param action {@code ready}
 * @param secret in Secrets Manager
 * @param cluster at EKS
 * @param namespace of the Service; required with a cluster
 * @param service that finds PostgreSQL's pod; required with a cluster
 * @param zone at Cloudflare
 */
public record ReadinessQuestion(
        String action, String secret, String cluster, String namespace, String service, String zone) {
    public ReadinessQuestion {
        Require.text("action", action);
        if (cluster != null) {
            Require.text("namespace", namespace);
            Require.text("service", service);
        }
    }
}
