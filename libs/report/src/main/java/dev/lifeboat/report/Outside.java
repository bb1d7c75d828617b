package dev.lifeboat.report;

import dev.lifeboat.contract.Require;
import java.util.List;

/**
 * What users see: applications, their health from outside, and the way to them.
 *
 * @param applications the Deployments
 * @param health the URLs
 * @param dns the records
 */
public record Outside(List<Application> applications, List<Health> health, List<DnsChange> dns) {
    public Outside {
        applications = Require.listOrEmpty(applications);
        health = Require.listOrEmpty(health);
        dns = Require.listOrEmpty(dns);
    }
}
