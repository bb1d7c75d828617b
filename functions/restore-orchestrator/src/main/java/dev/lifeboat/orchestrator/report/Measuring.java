package dev.lifeboat.orchestrator.report;

import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.report.Budget;
import dev.lifeboat.report.Component;
import dev.lifeboat.report.Measures;
import dev.lifeboat.report.Outcome;
import dev.lifeboat.report.Step;
import dev.lifeboat.report.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Takes RTO, RPO and the budgets from the times of data and steps; nothing here asks a clock. */
final class Measuring {
    private final ReportRequest.Report facts;
    private final StepTimeline.Timeline timeline;
    private final Instant failedAfter;

    private Measuring(ReportRequest.Report facts, StepTimeline.Timeline timeline) {
        this.facts = facts;
        this.timeline = timeline;
        this.failedAfter = facts.trigger().failureInstant();
    }

    static Measures of(ReportRequest.Report facts, StepTimeline.Timeline timeline) {
        return new Measuring(facts, timeline).measures();
    }

    private Measures measures() {
        Instant databaseReadyAt = databaseReadyAt();
        Instant recoveredAt = facts.outcome() == Outcome.RECOVERED ? recoveredAt(databaseReadyAt) : null;
        Duration recoveryTime = since(recoveredAt);
        Duration loss = loss();
        return new Measures(
                Objects.requireNonNullElse(timeline.startedAt(), facts.trigger().at()),
                failedAfter,
                databaseReadyAt,
                recoveredAt,
                recoveryTime == null ? null : recoveryTime.toSeconds(),
                loss == null ? null : loss.toSeconds(),
                nothingWasTried() ? List.of() : budgets(recoveryTime, since(databaseReadyAt), loss));
    }

    private Instant databaseReadyAt() {
        if (tookOver()) {
            // Whoever finished another one's take-over may not know when that was.
            return facts.pointInTime().promoted() == null
                    ? null
                    : facts.pointInTime().promoted().at();
        }
        if (onlyRestarted()) {
            return facts.assessment().at();
        }
        return facts.cutOver() == null ? null : facts.cutOver().at();
    }

    /** It was brought back with the data that it had. */
    private boolean onlyRestarted() {
        return facts.outcome() == Outcome.RECOVERED
                && facts.cutOver() == null
                && !tookOver()
                && facts.assessment() != null;
    }

    /** Where a dump came back as well, the take-over that was finished beside it is an older one. */
    private boolean tookOver() {
        return facts.cutOver() == null
                && facts.pointInTime() != null
                && facts.pointInTime().takeOver() != null;
    }

    private boolean nothingWasTried() {
        return switch (facts.outcome()) {
            case NOT_NEEDED, NOT_APPROVED, OBSERVED, HANDED_OVER -> true;
            case RECOVERED, NEEDS_PERSON -> false;
        };
    }

    /** When the last step that repairs or confirms ended; giving back the lease and reporting are not waited for. */
    private Instant recoveredAt(Instant databaseReadyAt) {
        Instant last = timeline.steps().stream()
                .filter(step -> step.component() != null && step.outcome() == StepOutcome.SUCCEEDED)
                .map(Step::endedAt)
                .max(Instant::compareTo)
                .orElse(databaseReadyAt);
        return last == null || (databaseReadyAt != null && databaseReadyAt.isAfter(last)) ? databaseReadyAt : last;
    }

    private Duration since(Instant end) {
        return end == null ? null : notNegative(Duration.between(failedAfter, end));
    }

    /** Up to the trigger: the failure cannot have come later, so no more than this was lost. */
    private Duration loss() {
        if (tookOver()) {
            ReportRequest.PointOutcome point = facts.pointInTime();
            if (point.inspection() == null || point.plan() == null) {
                return null;
            }
            // Without a transaction that was replayed, what the base backup has is all that there was.
            Instant last = point.inspection().replayedAt();
            return notNegative(Duration.between(
                    last == null ? point.plan().backupEndedAt() : last,
                    facts.trigger().at()));
        }
        if (onlyRestarted()) {
            return Duration.ZERO;
        }
        return facts.cutOver() == null || facts.backup() == null
                ? null
                : notNegative(Duration.between(
                        facts.backup().snapshotAt(), facts.trigger().at()));
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private List<Budget> budgets(Duration recoveryTime, Duration databaseTime, Duration loss) {
        List<Budget> budgets = new ArrayList<>();
        budgets.add(Budget.of(Component.SYSTEM, recoveryTime));
        budgets.add(Budget.of(Component.DATABASE, databaseTime));
        Target target = facts.scope().target();
        if (!target.deployments().isEmpty() || !target.healthUrls().isEmpty()) {
            budgets.add(Budget.of(Component.APPLICATIONS, span(Component.APPLICATIONS)));
        }
        if (target.dns() != null && target.loadBalancer() != null) {
            budgets.add(Budget.of(Component.DNS, span(Component.DNS)));
        }
        budgets.add(Budget.of(Component.DATA_LOSS, loss));
        return budgets;
    }

    /** From the component's first step to the end of its last. */
    private Duration span(Component component) {
        List<Step> own = timeline.steps().stream()
                .filter(step -> step.component() == component)
                .toList();
        Optional<Instant> end = own.stream().map(Step::endedAt).max(Instant::compareTo);
        return end.map(last -> Duration.between(own.get(0).startedAt(), last)).orElse(null);
    }
}
