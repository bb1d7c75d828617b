package dev.lifeboat.orchestrator.report;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.Shell;
import dev.lifeboat.contract.recovery.Mode;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.corruption.SearchResult;
import dev.lifeboat.orchestrator.database.BackupChoice;
import dev.lifeboat.orchestrator.pointintime.Place;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.PointPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The message by which a person is asked: what was seen, what would be done, and the two commands that answer. */
final class ApprovalRequest {
    /** The error by which a refusal is told from a request that failed; recover-database.asl.json catches it. */
    static final String REFUSED = "NotApproved";

    private static final Pattern REGION = Pattern.compile("arn:[^:]+:states:([^:]+):.*");

    private final RecoveryScope scope;
    private final String execution;
    private final String taskToken;
    private final Permission permission;
    private final String why;
    private final List<String> seen;
    private final Instant until;

    /** @param now the wait began a moment ago */
    ApprovalRequest(ReportRequest.RequestApproval request, Instant now) {
        this.scope = request.scope();
        this.execution = request.execution();
        this.taskToken = request.taskToken();
        this.permission = request.permission();
        this.why = request.assessment().reason();
        this.seen =
                request.assessment().looks().stream().map(ApprovalRequest::line).toList();
        this.until = until(now, request.timeoutSeconds());
    }

    /** @param now the wait began a moment ago */
    ApprovalRequest(ReportRequest.RequestApplicationApproval request, Instant now) {
        this.scope = request.scope();
        this.execution = request.execution();
        this.taskToken = request.taskToken();
        this.permission = request.permission();
        this.why = request.assessment().reason();
        this.seen = request.assessment().deployments().stream()
                .flatMap(deployment -> Stream.concat(
                        Stream.of(deployment.name() + ", " + String.join(", ", deployment.notes()) + "\n"),
                        deployment.looks().stream().map(ApprovalRequest::line)))
                .toList();
        this.until = until(now, request.timeoutSeconds());
    }

    /** @param now the wait began a moment ago */
    ApprovalRequest(ReportRequest.RequestClusterApproval request, Instant now) {
        this.scope = request.scope();
        this.execution = request.execution();
        this.taskToken = request.taskToken();
        this.permission = request.permission();
        this.why = request.assessment().reason();
        this.seen =
                request.assessment().looks().stream().map(ApprovalRequest::line).toList();
        this.until = until(now, request.timeoutSeconds());
    }

    /** @param now the wait began a moment ago */
    ApprovalRequest(ReportRequest.RequestPointApproval request, Instant now) {
        this.scope = request.scope();
        this.execution = request.execution();
        this.taskToken = request.taskToken();
        this.permission = new Permission(Repair.POINT_IN_TIME, Mode.APPROVE, null, null);
        PointPlan plan = request.plan();
        this.why = "It was started for point " + Json.compact(plan.point()) + ".";
        this.seen = List.of(
                "  base backup " + plan.backup() + ", complete at " + plan.backupEndedAt() + "\n",
                "  WAL without a gap to LSN " + plan.archiveEnd() + ", archived at " + plan.archivedAt() + "\n",
                "  about " + plan.expectedSeconds() + " s until the instance stands there\n",
                plan.place() == Place.IN_PLACE
                        ? "  in place: the database is out of reach until then; what it holds is kept on the same volume\n"
                        : "  beside the live instance, on a new volume\n");
        this.until = until(now, request.timeoutSeconds());
    }

    /** @param now the wait began a moment ago */
    ApprovalRequest(ReportRequest.RequestCorruptionApproval request, Instant now) {
        this.scope = request.scope();
        this.execution = request.execution();
        this.taskToken = request.taskToken();
        this.permission = request.permission();
        this.why = request.assessment().reason();
        this.seen = Stream.concat(
                        request.assessment().looks().stream().map(ApprovalRequest::line),
                        found(request.result()).stream())
                .toList();
        this.until = until(now, request.timeoutSeconds());
    }

    /** What was committed after the last good transaction would be gone, right or wrong: that is what is asked about. */
    private static List<String> found(SearchResult result) {
        List<String> found = new ArrayList<>(List.of("\nThe search: " + result.reason() + "\n"));
        if (!result.exact()) {
            found.add("This is NOT exact: a later state may be good as well.\n");
        }
        if (!result.comesAndGoes().isEmpty()) {
            found.add("These were violated and held again later: " + String.join(", ", result.comesAndGoes()) + ".\n");
        }
        found.add(
                "The database would go back to all of the WAL that begins before " + result.before()
                        + ". What was committed since, right or wrong, would be gone from it; what differs is exported from the quarantine.\n");
        return found;
    }

    private static Instant until(Instant now, int timeoutSeconds) {
        return now.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofSeconds(timeoutSeconds));
    }

    Instant until() {
        return until;
    }

    String subject() {
        return "Lifeboat: " + scope.target().name() + ": approve a repair?";
    }

    String message() {
        Target target = scope.target();
        StringBuilder text = new StringBuilder();
        text.append("Recovery ").append(scope.incident()).append(" of ").append(target.name());
        text.append(" waits for a person, because the mode is 'approve'. It would ");
        text.append(permission.repair().words()).append(".\n\n");
        text.append("Why: ").append(why).append("\n\nWhat was seen:\n");
        seen.forEach(text::append);
        if (permission.backup() != null) {
            text.append(backup(permission.backup()));
        }
        text.append("\nTo approve, until ").append(until).append(" (then it gives up, and changes nothing):\n\n");
        text.append(answer("send-task-success"));
        text.append(" --task-output '{\"approvedBy\": \"YOUR NAME\"}'\n\nTo refuse:\n\n");
        text.append(answer("send-task-failure"));
        text.append(" --error ").append(REFUSED).append(" --cause 'YOUR REASON'\n\n");
        text.append(
                "When it is approved it looks at the target again before it changes anything. If you got this twice, the later"
                        + " one counts.\n");
        return text.toString();
    }

    private static String line(LookResult<?> look) {
        String question = Json.mapper().convertValue(look.look(), String.class);
        String answer = Json.mapper().convertValue(look.answer(), String.class);
        return String.format(Locale.ROOT, "  %-24s %-8s %s\n", question, answer, look.reason());
    }

    private static String backup(BackupChoice backup) {
        return "\nBackup " + backup.backupId() + ", verified at " + backup.verifiedAt() + ", is as the database was at "
                + backup.snapshotAt()
                + ": what was committed since would be gone from the database that is used. If it does not"
                + " come back, the one before it is tried.\n";
    }

    private String answer(String command) {
        Matcher region = REGION.matcher(execution);
        return "aws stepfunctions " + command + (region.matches() ? " --region " + region.group(1) : "")
                + " --task-token " + Shell.quoted(taskToken);
    }
}
