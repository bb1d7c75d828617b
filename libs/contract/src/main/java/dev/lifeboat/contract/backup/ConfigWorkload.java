package dev.lifeboat.contract.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which images a workload ran when a {@link ConfigBackup} was taken.
 *
 * @param kind what it is
 * @param name its name
 * @param replicas how many pods it was told to have, 0 or more; null for a CronJob
 * @param containers the image of each container by the container's name, those of init containers too; at least one
 */
public record ConfigWorkload(Kind kind, String name, Integer replicas, Map<String, String> containers) {
    /** What has pods. */
    public enum Kind {
        /** Stateless pods. */
        @JsonProperty("Deployment")
        DEPLOYMENT("Deployment"),
        /** Pods with a name and a volume each. */
        @JsonProperty("StatefulSet")
        STATEFUL_SET("StatefulSet"),
        /** Jobs by a schedule. */
        @JsonProperty("CronJob")
        CRON_JOB("CronJob");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As Kubernetes writes it. */
        @Override
        public String toString() {
            return text;
        }
    }

    public ConfigWorkload {
        Require.present("kind", kind);
        Require.text("name", name);
        if (kind != Kind.CRON_JOB) {
            Require.range("replicas", Require.present("replicas", replicas), 0, Integer.MAX_VALUE);
        }
        // In the order of their names, so that the same workload always looks the same.
        containers = Collections.unmodifiableMap(new TreeMap<>(Require.present("containers", containers)));
        if (containers.isEmpty()) {
            throw new InvalidInputException(
                    "Field 'containers' of " + kind + "/" + name + " is empty.",
                    "Make a new backup with scripts/aws/backup-postgres.sh.");
        }
        containers.values().forEach(image -> Require.text("containers", image));
    }

    /** {@code Deployment/web}. */
    public String reference() {
        return kind + "/" + name;
    }
}
