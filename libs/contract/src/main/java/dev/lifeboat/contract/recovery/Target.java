package dev.lifeboat.contract.recovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import java.util.List;

/**
 * What is recovered. A drill and a real recovery differ in nothing but this.
 *
 * @param name names the lease and the incident: lower-case letters, digits and hyphens, at most 40
 * @param purpose live or drill
 * @param cluster the EKS cluster's name
 * @param namespace the Kubernetes namespace
 * @param postgresService the Service whose selector finds PostgreSQL's pod
 * @param database the database to bring back
 * @param backupOf the database whose backups are restored; the same as {@code database} for a live target
 * @param adminSecret Secrets Manager id of {@code {"username","password"}} of a superuser
 * @param deployments to restart after a cut-over, may be empty
 * @param healthUrls that must answer 200 from outside, may be empty
 * @param loadBalancer the Service that the DNS records must lead to; null when DNS is not looked at
 * @param dns the records; null when DNS is not looked at
 * @param missingRoles what becomes of what belongs to roles that the server lacks, also after those of the backup were made; null is to
 *     refuse the restore
 * @param application how the Deployments are judged and rolled back; null is {@link ApplicationPolicy#DEFAULT}
 */
public record Target(
        String name,
        Purpose purpose,
        String cluster,
        String namespace,
        String postgresService,
        String database,
        String backupOf,
        String adminSecret,
        List<String> deployments,
        List<String> healthUrls,
        ServiceName loadBalancer,
        Dns dns,
        MissingRoles missingRoles,
        ApplicationPolicy application) {
    /** Whether people depend on the target. */
    public enum Purpose {
        /** The real thing. */
        @JsonProperty("live")
        LIVE,
        /** A scratch database beside the live one; nothing of the live one is touched. */
        @JsonProperty("drill")
        DRILL
    }

    /** What a restore does when roles are missing. */
    public enum MissingRoles {
        /** It builds nothing, and names them. */
        @JsonProperty("refuse")
        REFUSE,
        /** It leaves out what they own and may do, and lists that in its report. */
        @JsonProperty("leave-out")
        LEAVE_OUT
    }

    /**
     * A Kubernetes Service.
     *
     * @param namespace its namespace
     * @param name its name
     */
    public record ServiceName(String namespace, String name) {
        public ServiceName {
            Require.text("loadBalancer.namespace", namespace);
            Require.text("loadBalancer.name", name);
        }
    }

    /**
     * The records at Cloudflare.
     *
     * @param zone the zone's name
     * @param records fully qualified host names, at least one
     */
    public record Dns(String zone, List<String> records) {
        public Dns {
            Require.text("dns.zone", zone);
            records = List.copyOf(Require.present("dns.records", records));
        }
    }

    public Target {
        if (!Require.text("target.name", name).matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw new InvalidInputException(
                    "Field 'target.name' is '" + name
                            + "', expected lower-case letters, digits and hyphens, at most 40.",
                    "Rename the target in template.yaml's parameters.");
        }
        Require.present("target.purpose", purpose);
        Require.text("target.cluster", cluster);
        Require.text("target.namespace", namespace);
        Require.text("target.postgresService", postgresService);
        Require.text("target.database", database);
        Require.text("target.backupOf", backupOf);
        Require.text("target.adminSecret", adminSecret);
        deployments = Require.listOrEmpty(deployments);
        healthUrls = Require.listOrEmpty(healthUrls);
        if (purpose == Purpose.DRILL && database.equals(backupOf)) {
            throw new InvalidInputException(
                    "Drill target '" + name + "' restores into '" + database + "', the database that it is a drill of.",
                    "Give 'target.database' a scratch name such as '" + backupOf + "_drill'.");
        }
    }
    /** What is taken of the application where nothing is said of it. */
    public Target(
            String name,
            Purpose purpose,
            String cluster,
            String namespace,
            String postgresService,
            String database,
            String backupOf,
            String adminSecret,
            List<String> deployments,
            List<String> healthUrls,
            ServiceName loadBalancer,
            Dns dns,
            MissingRoles missingRoles) {
        this(
                name,
                purpose,
                cluster,
                namespace,
                postgresService,
                database,
                backupOf,
                adminSecret,
                deployments,
                healthUrls,
                loadBalancer,
                dns,
                missingRoles,
                null);
    }

    /** How the Deployments are judged and rolled back, never null. */
    public ApplicationPolicy policy() {
        return application == null ? ApplicationPolicy.DEFAULT : application;
    }
}
