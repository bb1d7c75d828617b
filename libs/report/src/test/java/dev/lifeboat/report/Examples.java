package dev.lifeboat.report;

import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.contract.recovery.Target.Dns;
import dev.lifeboat.contract.recovery.Target.Purpose;
import dev.lifeboat.contract.recovery.Target.ServiceName;
import dev.lifeboat.contract.recovery.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reports as they come. */
final class Examples {
    private static final Instant FAILED = Instant.parse("2026-11-23T03:12:00Z");
    private static final String BALANCER = "CNAME k8s-shop-1f2e.elb.us-east-1.amazonaws.com";

    private Examples() {}

    static RecoveryReport recovered() {
        Restore restore = new Restore(
                backup(),
                List.of(
                        new RejectedBackup(
                                "recent/backup_20261123_030000",
                                "verdict corrupt: block 17 of table messages does not decompress",
                                false),
                        new RejectedBackup(
                                "recent/backup_20261123_024500",
                                "Check failed with RestoreCheckFailedException: table public.sessions has 41 rows, expected"
                                        + " 42",
                                true)),
                new Progress(300_412, 48_318_772, 21_400, 96, 96, 2_082, null),
                new Check(14, 300_412, List.of()),
                new CutOver(
                        "cloudtolocalllm",
                        "cloudtolocalllm_quarantine_20261123",
                        FAILED.plusSeconds(206),
                        "PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=cloudtolocalllm scripts/aws/restore-postgres.sh undo"
                                + " --quarantine cloudtolocalllm_quarantine_20261123"));
        return report(
                        Outcome.RECOVERED,
                        measures(),
                        restore,
                        outside(),
                        steps(),
                        null,
                        List.of(
                                new Remaining(
                                        "Find out why the database was lost, and what was committed after the backup's snapshot.",
                                        null),
                                new Remaining(
                                        "The lost database is kept as quarantine. When nobody needs it any more, drop it.",
                                        "psql -h 127.0.0.1 -d postgres -c 'DROP DATABASE"
                                                + " \"cloudtolocalllm_quarantine_20261123\"'")))
                .with(new Section(
                        "What the drill checked",
                        List.of(
                                new Section.Row("Fingerprints", "14 of 14 tables equal the snapshot's", true),
                                new Section.Row("Rows lost since the backup", "1,204", null))));
    }

    static RecoveryReport needsPerson() {
        Measures measures = new Measures(
                FAILED.plusSeconds(61),
                FAILED,
                null,
                null,
                null,
                null,
                List.of(
                        Budget.of(Component.SYSTEM, null),
                        Budget.of(Component.DATABASE, null),
                        Budget.of(Component.DATA_LOSS, null)));
        return report(
                Outcome.NEEDS_PERSON,
                measures,
                new Restore(null, List.of(), null, null, null),
                new Outside(List.of(), List.of(), List.of()),
                List.of(
                        step("AcquireLease", null, 61, 900, StepOutcome.SUCCEEDED, 1, null),
                        step("Assess", Component.DATABASE, 62, 2_300, StepOutcome.SUCCEEDED, 1, null),
                        step(
                                "SelectBackup",
                                Component.DATABASE,
                                65,
                                1_100,
                                StepOutcome.FAILED,
                                1,
                                "1 failed attempt, with NoVerifiedBackupException")),
                new Failure(
                        "SelectBackup",
                        "dev.lifeboat.contract.error.NoVerifiedBackupException",
                        "No verified backup of database <cloudtolocalllm> is left & none may be used unverified."
                                + " HINT: Look at the verdicts."),
                List.of(new Remaining(
                        "See which backups there are.",
                        "BACKUP_BUCKET=cloudtolocalllm-backups scripts/aws/restore-postgres.sh list")));
    }

    static RecoveryReport notNeeded() {
        return report(
                Outcome.NOT_NEEDED,
                new Measures(FAILED.plusSeconds(61), FAILED, null, null, null, null, List.of()),
                new Restore(null, List.of(), null, null, null),
                new Outside(List.of(), List.of(), List.of()),
                List.of(step("Assess", Component.DATABASE, 62, 2_300, StepOutcome.SUCCEEDED, 1, null)),
                null,
                List.of());
    }

    static RecoveryReport overBudget() {
        Measures slow = new Measures(
                FAILED.plusSeconds(61),
                FAILED,
                FAILED.plusSeconds(1100),
                FAILED.plusSeconds(2000),
                2000L,
                2517L,
                List.of(
                        Budget.of(Component.SYSTEM, Duration.ofSeconds(2000)),
                        Budget.of(Component.DATABASE, Duration.ofSeconds(1100)),
                        Budget.of(Component.DATA_LOSS, Duration.ofSeconds(2517))));
        List<Step> steps = List.of(
                step("RestoreShards", Component.DATABASE, 70, 1_000_000, StepOutcome.SUCCEEDED, 4, "4 iterations"),
                step("CheckHealth", Component.APPLICATIONS, 1100, 900_000, StepOutcome.SUCCEEDED, 9, "looked 9 times"));
        return report(
                Outcome.RECOVERED,
                slow,
                new Restore(backup(), List.of(), null, new Check(14, 300_412, List.of()), null),
                outside(),
                steps,
                null,
                List.of());
    }

    /** The same of a cluster. */
    static RecoveryReport ofCluster(RecoveryReport report) {
        return new RecoveryReport(
                report.version(),
                report.incident(),
                "cluster",
                report.outcome(),
                report.trigger(),
                report.target(),
                report.execution(),
                report.measures(),
                report.evidence(),
                report.restore(),
                report.outside(),
                report.steps(),
                report.failure(),
                report.remaining(),
                report.sections());
    }

    private static RecoveryReport report(
            Outcome outcome,
            Measures measures,
            Restore restore,
            Outside outside,
            List<Step> steps,
            Failure failure,
            List<Remaining> remaining) {
        return new RecoveryReport(
                1,
                "db-cloudtolocalllm-20261123T031300Z",
                "database",
                outcome,
                new Trigger(
                        Trigger.Kind.ALARM,
                        "cloudtolocalllm-database-not-answering",
                        FAILED.plusSeconds(60),
                        FAILED,
                        "Threshold Crossed: 1 datapoint [0.0] was less than the threshold (1.0)."),
                target(),
                "arn:aws:states:us-east-1:123456789012:execution:cloudtolocalllm-recover-database:db-20261123T031300Z",
                measures,
                evidence(outcome),
                restore,
                outside,
                steps,
                failure,
                remaining,
                List.of());
    }

    static Target target() {
        return new Target(
                "cloudtolocalllm",
                Purpose.LIVE,
                "cloudtolocalllm-eks",
                "cloudtolocalllm",
                "postgres",
                "cloudtolocalllm",
                "cloudtolocalllm",
                "cloudtolocalllm/postgres-admin",
                List.of("web", "api-backend"),
                List.of("https://app.cloudtolocalllm.online/health"),
                new ServiceName("ingress-nginx", "ingress-nginx-controller"),
                new Dns("cloudtolocalllm.online", List.of("app.cloudtolocalllm.online")),
                null);
    }

    private static UsedBackup backup() {
        return new UsedBackup(
                "recent/backup_20261123_023000",
                Instant.parse("2026-11-23T02:30:03Z"),
                Instant.parse("2026-11-23T02:31:41Z"),
                "dumps/recent/backup_20261123_023000.dump",
                48_318_772,
                300_412);
    }

    private static Measures measures() {
        return new Measures(
                FAILED.plusSeconds(61),
                FAILED,
                FAILED.plusSeconds(206),
                FAILED.plusSeconds(252),
                252L,
                2517L,
                List.of(
                        Budget.of(Component.SYSTEM, Duration.ofSeconds(252)),
                        Budget.of(Component.DATABASE, Duration.ofSeconds(206)),
                        Budget.of(Component.APPLICATIONS, Duration.ofSeconds(44)),
                        Budget.of(Component.DNS, Duration.ofSeconds(3)),
                        Budget.of(Component.DATA_LOSS, Duration.ofSeconds(2517))));
    }

    private static Outside outside() {
        return new Outside(
                List.of(
                        new Application("web", 2, 2, true, "rolled out"),
                        new Application("api-backend", 3, 3, true, "rolled out")),
                List.of(new Health("https://app.cloudtolocalllm.online/health", 200, true, "answers 200", 143)),
                List.of(new DnsChange("app.cloudtolocalllm.online", "CNAME", BALANCER, BALANCER, false)));
    }

    private static List<Step> steps() {
        return List.of(
                step("AcquireLease", null, 61, 1_200, StepOutcome.SUCCEEDED, 1, null),
                step("Assess", Component.DATABASE, 62, 31_400, StepOutcome.SUCCEEDED, 5, "looked 5 times"),
                step("SelectBackup", Component.DATABASE, 94, 900, StepOutcome.SUCCEEDED, 1, null),
                step("Plan", Component.DATABASE, 95, 1_400, StepOutcome.SUCCEEDED, 1, null),
                step("Prepare", Component.DATABASE, 97, 4_100, StepOutcome.SUCCEEDED, 1, null),
                step(
                        "RestoreShards",
                        Component.DATABASE,
                        101,
                        62_000,
                        StepOutcome.SUCCEEDED,
                        5,
                        "4 iterations; 1 failed attempt, with ExitError"),
                step("Finish", Component.DATABASE, 163, 28_000, StepOutcome.SUCCEEDED, 1, null),
                step("Check", Component.DATABASE, 191, 13_000, StepOutcome.SUCCEEDED, 1, null),
                step("CutOver", Component.DATABASE, 204, 2_000, StepOutcome.SUCCEEDED, 1, null),
                step("RestartApplications", Component.APPLICATIONS, 206, 1_000, StepOutcome.SUCCEEDED, 1, null),
                step("RolloutStatus", Component.APPLICATIONS, 207, 40_000, StepOutcome.SUCCEEDED, 9, "looked 9 times"),
                step("FindLoadBalancer", Component.DNS, 247, 1_000, StepOutcome.SUCCEEDED, 1, null),
                step("EnsureDns", Component.DNS, 248, 2_000, StepOutcome.SUCCEEDED, 1, null),
                step("CheckHealth", Component.APPLICATIONS, 250, 2_000, StepOutcome.SUCCEEDED, 1, null));
    }

    private static Step step(
            String name,
            Component component,
            long second,
            long millis,
            StepOutcome outcome,
            int attempts,
            String detail) {
        return new Step(name, component, FAILED.plusSeconds(second), millis, outcome, attempts, detail);
    }

    private static Evidence evidence(Outcome outcome) {
        boolean lost = outcome != Outcome.NOT_NEEDED;
        return new Evidence(
                lost ? "lost" : "healthy",
                lost ? "restore" : "not-needed",
                lost
                        ? "the server answers, and database cloudtolocalllm is as small as a freshly made one"
                        : "the server answers and the database holds rows",
                FAILED.plusSeconds(93),
                List.of(
                        new Look("pod-runs", "yes", "pod postgres-0 is Running, ready, on ip-10-0-1-7", 84),
                        new Look("server-answers", "yes", "PostgreSQL 15.18 answers", 12),
                        new Look(
                                "larger-than-empty",
                                lost ? "no" : "yes",
                                lost ? "8 MB, a new one has 8 MB" : "214 MB, a new one has 8 MB",
                                9)),
                List.of(new RejectedRung(
                        "restart-pod",
                        lost ? "PostgreSQL answers: a restart brings no data back." : "PostgreSQL answers.")));
    }
}
