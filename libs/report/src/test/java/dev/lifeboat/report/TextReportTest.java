package dev.lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.recovery.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {
    @Test
    void tellsARecoveryFromVerdictToWhatIsLeft() {
        assertThat(TextReport.body(Examples.recovered(), "s3://backups/recoveries/db-1/report.html"))
                .isEqualTo("""
                        Database cloudtolocalllm is back, 4 min 12 s after it failed. What was committed since the backup, in at most 41 min 57 s, is lost.

                        Incident   db-cloudtolocalllm-20261123T031300Z
                        Target     cloudtolocalllm, database cloudtolocalllm in cloudtolocalllm-eks/cloudtolocalllm
                        Trigger    cloudtolocalllm-database-not-answering at 2026-11-23 03:13:00 UTC
                        Failed     after 2026-11-23 03:12:00 UTC
                        Recovered  2026-11-23 03:16:12 UTC
                        Seen       lost, so restore: the server answers, and database cloudtolocalllm is as small as a freshly made one

                        Whole system   4 min 12 s     of 30 min  held
                        Database       3 min 26 s     of 15 min  held
                        Applications   44 s           of 10 min  held
                        DNS            3 s            of 5 min  held
                        Data loss      41 min 57 s    of 1 h  held

                        Backup     recent/backup_20261123_023000, snapshot of 2026-11-23 02:30:03 UTC
                        Not used   recent/backup_20261123_030000: verdict corrupt: block 17 of table messages does not decompress
                        Not used   recent/backup_20261123_024500: Check failed with RestoreCheckFailedException: table public.sessions has 41 rows, expected 42
                        Loaded     300,412 rows from 46.1 MiB, 21 s of work side by side
                        Built      96 of 96 objects after the rows, in 2 s
                        Checked    300,412 rows in 14 tables, 0 differences
                        Quarantine cloudtolocalllm_quarantine_20261123 (the lost database, kept)

                        Left to do:
                          1. Find out why the database was lost, and what was committed after the backup's snapshot.
                          2. The lost database is kept as quarantine. When nobody needs it any more, drop it.
                               psql -h 127.0.0.1 -d postgres -c 'DROP DATABASE "cloudtolocalllm_quarantine_20261123"'

                        The whole report: s3://backups/recoveries/db-1/report.html
                        """);
    }

    @Test
    void tellsAPersonWhatFailed() {
        assertThat(TextReport.body(Examples.needsPerson(), "s3://b/k"))
                .startsWith(
                        "Database cloudtolocalllm is NOT back. A person has to act; what is left to do is listed below.\n")
                .contains("Failure    step SelectBackup: dev.lifeboat.contract.error.NoVerifiedBackupException")
                .contains("           No verified backup of database <cloudtolocalllm> is left & none may be used"
                        + " unverified.")
                .contains("Whole system   not reached    of 30 min\n")
                .contains("""
                          1. See which backups there are.
                               BACKUP_BUCKET=cloudtolocalllm-backups scripts/aws/restore-postgres.sh list
                        """);
    }

    @Test
    void saysWhenNothingIsLeft() {
        assertThat(TextReport.body(Examples.notNeeded(), "s3://b/k")).contains("\nNothing is left to do.\n");
    }

    @Test
    void theSubjectIsAVerdictOfOneShortAsciiLine() {
        assertThat(TextReport.subject(Examples.recovered()))
                .isEqualTo("Lifeboat: cloudtolocalllm recovered in 4 min 12 s");
        assertThat(TextReport.subject(Examples.overBudget()))
                .isEqualTo("Lifeboat: cloudtolocalllm recovered in 33 min 20 s, over budget");
        assertThat(TextReport.subject(Examples.needsPerson())).isEqualTo("Lifeboat: cloudtolocalllm NEEDS A PERSON");
        assertThat(TextReport.subject(Examples.notNeeded())).isEqualTo("Lifeboat: cloudtolocalllm needed no recovery");
    }

    @Test
    void aDrillIsCalledADrill() {
        RecoveryReport live = Examples.recovered();
        Target of = live.target();
        Target drill = new Target(
                "drill",
                Target.Purpose.DRILL,
                of.cluster(),
                of.namespace(),
                of.postgresService(),
                "scratch",
                of.backupOf(),
                of.adminSecret(),
                List.of(),
                List.of(),
                null,
                null,
                null);
        RecoveryReport report = new RecoveryReport(
                1,
                live.incident(),
                live.scenario(),
                live.outcome(),
                live.trigger(),
                drill,
                live.execution(),
                live.measures(),
                null,
                live.restore(),
                live.outside(),
                live.steps(),
                null,
                List.of(),
                List.of());

        assertThat(TextReport.subject(report)).isEqualTo("Lifeboat: drill drill recovered in 4 min 12 s");
        assertThat(TextReport.body(report, "s3://b/k"))
                .startsWith("Database scratch was brought back beside the live one, 4 min 12 s after the drill began. A"
                        + " failure at that moment would have lost the last 41 min 57 s of data.\n");
    }

    @Test
    void theReportOfAClusterIsAboutTheCluster() {
        assertThat(TextReport.body(Examples.ofCluster(Examples.notNeeded()), "s3://b/k"))
                .startsWith(
                        "The cluster of target cloudtolocalllm was looked at and found well. Nothing was touched.\n");
        assertThat(TextReport.body(Examples.ofCluster(Examples.needsPerson()), "s3://b/k"))
                .startsWith("The cluster of target cloudtolocalllm is NOT back as it should be. A person has to act;");
        assertThat(TextReport.body(Examples.ofCluster(Examples.recovered()), "s3://b/k"))
                .startsWith("The cluster of target cloudtolocalllm is back, 4 min 12 s after it failed.");
    }
}
