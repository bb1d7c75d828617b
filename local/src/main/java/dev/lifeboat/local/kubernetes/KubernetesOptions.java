package dev.lifeboat.local.kubernetes;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * How an embedded cluster is set up.
 *
 * @param repository this repository's root: images/ and scripts/ hold what pods run
 * @param directory for volumes and programs; a user other than this one has to reach it
 * @param logs where the pods' output goes
 * @param postgresPrograms the directory of postgres, initdb, pg_dump
 * @param identity what Pod Identity gives a pod: credentials, region and endpoint of AWS; asked at each start
 * @param healthQuery what a healthy application can ask its database as its own role
 * @param clock for schedules and timestamps
 * @param cloud what it has of a cloud; null for a cluster that stands alone: it has a node from the start, and directories for claims
 */
public record KubernetesOptions(
        Path repository,
        Path directory,
        Path logs,
        Path postgresPrograms,
        Supplier<Map<String, String>> identity,
        String healthQuery,
        Clock clock,
        CloudCluster cloud) {
    public KubernetesOptions {
        Objects.requireNonNull(repository);
        Objects.requireNonNull(directory);
        Objects.requireNonNull(logs);
        Objects.requireNonNull(postgresPrograms);
        Objects.requireNonNull(identity);
        Objects.requireNonNull(healthQuery);
        Objects.requireNonNull(clock);
    }

    /** A cluster that stands alone. */
    public KubernetesOptions(
            Path repository,
            Path directory,
            Path logs,
            Path postgresPrograms,
            Supplier<Map<String, String>> identity,
            String healthQuery,
            Clock clock) {
        this(repository, directory, logs, postgresPrograms, identity, healthQuery, clock, null);
    }
}
