package dev.lifeboat.local.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.states.ExecutionStatus;
import dev.lifeboat.report.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The weekly verification of every backup: of three, one has rotted since it arrived. */
final class IntegrityDrill implements Drill {
    private static final int BACKUPS = 3;
    private static final Duration BASE_BACKUP_LIMIT = Duration.ofMinutes(3);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration END_LIMIT = Duration.ofMinutes(30);

    private final DrillOptions options;
    private final DrillData data;
    private final Console console;
    private final Checks checks;
    private final DrillResult result;

    IntegrityDrill(DrillOptions options, DrillData data, Console console, Checks checks, DrillResult result) {
        this.options = options;
        this.data = data;
        this.console = console;
        this.checks = checks;
        this.result = result;
    }

    @Override
    public void play() {
        IncidentWatch watch = new IncidentWatch(console, options.output().resolve("logs/functions"));
        try (DrillEnvironment environment = DrillEnvironment.start(options, data, watch, console)) {
            Stage stage = new Stage(environment, data, console, checks);
            stage.fill();
            List<Backups.Backup> backups = new ArrayList<>();
            for (int i = 0; i < BACKUPS; i++) {
                backups.add(stage.verifiedBackup());
            }
            WalArchive archive = new WalArchive(environment, console);
            archive.awaitBaseBackup(BASE_BACKUP_LIMIT);
            List<String> segments =
                    List.of(archive.archiveSegment(), archive.archiveSegment(), archive.archiveSegment());
            loseAndFlip(environment, segments, watch);
            Backups.Backup rotten = backups.get(1);
            long at = BitRot.flip(environment.storage(), rotten.manifest().dump());
            watch.note("flipped one bit of " + rotten.manifest().dump().key() + " at byte " + at);
            Instant from = Instant.now();
            environment.cloud().fireSchedule(Names.TARGET + "-integrity-check");
            ExecutionDescription execution =
                    new Recovery(environment, "IntegrityCheckMachine").await(from, START_LIMIT, END_LIMIT);
            console.say("the machine ended " + execution.status());
            for (Backups.Backup backup : backups) {
                judge(
                        stage,
                        backup,
                        from,
                        backup.id().equals(rotten.id()) ? VerdictStatus.CORRUPT : VerdictStatus.VERIFIED);
            }
            judgeReport(environment, rotten, segments);
            long told = environment.cloud().notifications().stream()
                    .filter(notification -> notification.at().isAfter(from)
                            && notification.message().contains(rotten.id()))
                    .count();
            checks.check("people were told which backup is corrupt", told > 0, told + " notifications name it");
            judgeReadiness(environment);
            stage.checkUnknownRequests();
            result.write(
                    null,
                    List.of(
                            new Section("Checks of the drill", checks.rows()),
                            new Timeline(from, watch.moments()).section()));
        }
    }

    /** The first segment is gone, the second one has another bit, the third one is whole. */
    private static void loseAndFlip(DrillEnvironment environment, List<String> segments, IncidentWatch watch) {
        environment.bucket().delete(segments.get(0));
        byte[] content = environment.bucket().get(segments.get(1)).orElseThrow();
        content[content.length / 2] ^= 1;
        environment.bucket().put(segments.get(1), content);
        watch.note("deleted " + segments.get(0) + " and flipped one bit of " + segments.get(1));
    }

    private static String segment(String key) {
        return key.substring(key.lastIndexOf('/') + 1).substring(0, 24);
    }

    private void judgeReadiness(DrillEnvironment environment) {
        Instant from = Instant.now();
        environment.cloud().fireSchedule(Names.TARGET + "-readiness");
        ExecutionDescription execution =
                new Recovery(environment, "ReadinessMachine").await(from, START_LIMIT, END_LIMIT);
        checks.check(
                "every function is ready for a recovery",
                execution.status() == ExecutionStatus.SUCCEEDED,
                "the daily check ended " + execution.status());
    }

    private void judge(Stage stage, Backups.Backup backup, Instant from, VerdictStatus expected) {
        Verdict verdict = stage.backups().latestVerdict(backup.id()).orElse(backup.verdict());
        boolean fresh = verdict.verifiedAt().isAfter(from);
        checks.check(
                "the weekly check finds " + backup.id() + " " + expected,
                fresh && verdict.status() == expected,
                (fresh ? "" : "not looked at; ") + verdict.status() + " " + verdict.reasons());
    }

    private void judgeReport(DrillEnvironment environment, Backups.Backup rotten, List<String> segments) {
        String key = environment.bucket().keys("integrity/").stream()
                .filter(each -> each.endsWith("/report.json"))
                .findFirst()
                .orElse("");
        byte[] content =
                key.isEmpty() ? new byte[0] : environment.bucket().get(key).orElse(new byte[0]);
        try {
            JsonNode report = Json.mapper().readTree(content);
            checks.check(
                    "the check's report counts them",
                    report.at("/counts/backups").asInt() == BACKUPS
                            && report.at("/counts/verified").asInt() == BACKUPS - 1
                            && report.at("/counts/corrupt").asInt() == 1
                            && report.toString().contains(rotten.id()),
                    key + ": " + report.path("counts"));
            List<String> named = new ArrayList<>();
            report.at("/repository/problems")
                    .forEach(problem -> named.add(problem.path("subject").asText()));
            checks.check(
                    "the check names the missing and the damaged segment of WAL, and no other",
                    report.at("/repository/status").asText().equals("corrupt")
                            && named.size() == 2
                            && named.containsAll(List.of(segment(segments.get(0)), segment(segments.get(1)))),
                    report.at("/repository/segments").asInt() + " segments, "
                            + report.at("/repository/baseBackups").asInt() + " base backup: " + named);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + key, e);
        }
        result.keep("integrity-report.json", content);
    }
}
