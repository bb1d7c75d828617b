package dev.lifeboat.orchestrator.report;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.contract.recovery.Trigger;
import dev.lifeboat.kubernetes.RolledBack;
import dev.lifeboat.orchestrator.application.ApplicationAssessment;
import dev.lifeboat.orchestrator.application.DeploymentAssessment;
import dev.lifeboat.orchestrator.application.RollBackTo;
import dev.lifeboat.report.Application;
import dev.lifeboat.report.Budget;
import dev.lifeboat.report.Component;
import dev.lifeboat.report.Evidence;
import dev.lifeboat.report.Health;
import dev.lifeboat.report.Look;
import dev.lifeboat.report.Measures;
import dev.lifeboat.report.Outcome;
import dev.lifeboat.report.Outside;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.RejectedRung;
import dev.lifeboat.report.Restore;
import dev.lifeboat.report.Section;
import dev.lifeboat.report.Step;
import dev.lifeboat.report.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts together what a recovery of the application has seen and done. */
final class ApplicationReport {
    private final ReportRequest.ReportApplication facts;
    private final StepTimeline.Timeline timeline;
    private final Target target;

    ApplicationReport(ReportRequest.ReportApplication facts, StepTimeline.Timeline timeline) {
        this.facts = facts;
        this.timeline = timeline;
        this.target = facts.scope().target();
    }

    RecoveryReport report() {
        return new RecoveryReport(
                1,
                facts.scope().incident(),
                "application",
                facts.outcome(),
                facts.trigger(),
                target,
                facts.execution(),
                measures(),
                evidence(),
                new Restore(null, List.of(), null, null, null),
                outside(),
                steps(),
                facts.failure(),
                new ApplicationWork(facts).remaining(),
                sections());
    }

    /** The assessment that called for what was done, or the last one where nothing was. */
    private ApplicationAssessment called() {
        return facts.failed() == null ? facts.assessment() : facts.failed();
    }

    private List<Step> steps() {
        // A look at the target is a look at the database in the other machine.
        return timeline.steps().stream()
                .map(step -> step.component() == Component.DATABASE
                        ? new Step(
                                step.name(),
                                Component.DEPLOYMENT,
                                step.startedAt(),
                                step.millis(),
                                step.outcome(),
                                step.attempts(),
                                step.detail())
                        : step)
                .toList();
    }

    private Measures measures() {
        Instant failedAfter = facts.trigger().failureInstant();
        Instant recoveredAt = facts.outcome() == Outcome.RECOVERED ? recoveredAt() : null;
        Duration taken = recoveredAt == null ? null : notNegative(Duration.between(failedAfter, recoveredAt));
        boolean tried = facts.outcome() == Outcome.RECOVERED || facts.outcome() == Outcome.NEEDS_PERSON;
        return new Measures(
                Objects.requireNonNullElse(timeline.startedAt(), facts.trigger().at()),
                failedAfter,
                null,
                recoveredAt,
                taken == null ? null : taken.toSeconds(),
                null,
                tried ? List.of(Budget.of(Component.DEPLOYMENT, taken)) : List.of());
    }

    /** Since when it is well: what came after was waiting whether it stays so. */
    private Instant recoveredAt() {
        return facts.verified() != null && facts.verified().wellSince() != null
                ? facts.verified().wellSince()
                : steps().stream()
                        .filter(step -> step.component() != null && step.outcome() == StepOutcome.SUCCEEDED)
                        .map(Step::endedAt)
                        .max(Instant::compareTo)
                        .orElse(null);
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private Evidence evidence() {
        ApplicationAssessment seen = called();
        if (seen == null) {
            return null;
        }
        return new Evidence(
                condition(seen),
                word(seen.decision()),
                seen.reason(),
                seen.at(),
                seen.deployments().stream()
                        .flatMap(deployment -> deployment.looks().stream()
                                .map(look -> new Look(
                                        deployment.name() + " " + word(look.look()),
                                        word(look.answer()),
                                        look.reason(),
                                        look.millis())))
                        .toList(),
                seen.rejected().stream()
                        .map(rejected -> new RejectedRung(word(rejected.decision()), rejected.reason()))
                        .toList());
    }

    private static String condition(ApplicationAssessment seen) {
        return switch (seen.decision()) {
            case NOT_NEEDED -> "healthy";
            case LOOK_AGAIN -> "undecided";
            case RESTART,
                    ROLL_BACK,
                    RECOVER_DATABASE,
                    RECOVER_CLUSTER,
                    CHECK_ROUTE,
                    RESUME,
                    REVERT_IN_GIT,
                    KEEP_SCHEMA,
                    EXAMINE -> "not healthy";
        };
    }

    private Outside outside() {
        return facts.verified() == null
                ? new Outside(List.of(), List.of(), List.of())
                : new Outside(
                        facts.verified().deployments().stream()
                                .map(a -> new Application(a.name(), a.ready(), a.desired(), a.complete(), a.reason()))
                                .toList(),
                        facts.verified().health() == null
                                ? List.of()
                                : facts.verified().health().results().stream()
                                        .map(h -> new Health(h.url(), h.status(), h.healthy(), h.reason(), h.millis()))
                                        .toList(),
                        List.of());
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        if (facts.permission() != null) {
            sections.add(ReportAssembly.permission(facts.permission()));
        }
        sections.add(new Section("What was done", done()));
        if (!facts.problems().isEmpty()) {
            sections.add(new Section(
                    "What went wrong on the way",
                    facts.problems().stream()
                            .map(problem ->
                                    new Section.Row("Step " + problem.step(), String.valueOf(problem.cause()), false))
                            .toList()));
        }
        if (called() != null) {
            sections.add(new Section("The Deployments", deployments(called())));
            List<Section.Row> words = called().deployments().stream()
                    .flatMap(deployment -> deployment.logs().stream())
                    .map(log -> new Section.Row(log.container(), String.join("\n", log.lines()), null))
                    .toList();
            if (!words.isEmpty()) {
                sections.add(new Section("The last lines of what failed, secrets masked", words));
            }
        }
        return sections;
    }

    private List<Section.Row> done() {
        List<Section.Row> rows = new ArrayList<>();
        for (RolledBack back : facts.rolledBack()) {
            rows.add(new Section.Row(back.deployment(), wayBack(back), null));
        }
        facts.restarted().forEach(each -> rows.add(new Section.Row(each.name(), "restarted", null)));
        if (rows.isEmpty()) {
            rows.add(new Section.Row(
                    "The Deployments",
                    actedBefore() ? "were touched by an earlier execution of this incident" : "were not touched",
                    null));
        }
        if (facts.verified() != null) {
            rows.add(new Section.Row(
                    "Afterwards", facts.verified().reason(), facts.verified().held()));
        }
        rows.add(new Section.Row("Data", "Nothing of the database was touched.", null));
        return rows;
    }

    /**
     * A step that died and was tried again found its work done, and does not know any more what was there; the assessment does, of the last
     * roll-back.
     */
    private String wayBack(RolledBack back) {
        Optional<RollBackTo> planned = Stream.ofNullable(facts.failed())
                .flatMap(failed -> failed.rollBacks().stream())
                .filter(to -> to.deployment().equals(back.deployment()) && isLast(back))
                .findFirst();
        return planned.map(to -> "rolled back from revision " + to.fromRevision() + " (" + images(to.fromImages())
                        + ") to revision " + to.toRevision() + " (" + images(to.toImages()) + ")")
                .orElse("rolled back"
                        + (back.fromRevision() > 0 ? " from revision " + back.fromRevision() : "")
                        + " to revision " + back.toRevision());
    }

    private boolean isLast(RolledBack back) {
        List<RolledBack> all = facts.rolledBack();
        return all.subList(all.indexOf(back) + 1, all.size()).stream()
                .noneMatch(later -> later.deployment().equals(back.deployment()));
    }

    private boolean actedBefore() {
        return facts.assessment() != null && facts.assessment().acted();
    }

    private static String images(List<String> images) {
        return String.join(", ", images);
    }

    private static List<Section.Row> deployments(ApplicationAssessment seen) {
        List<Section.Row> rows = new ArrayList<>();
        for (DeploymentAssessment deployment : seen.deployments()) {
            rows.add(new Section.Row(
                    deployment.name(),
                    word(deployment.decision()) + ": " + deployment.reason() + " ("
                            + String.join("; ", deployment.notes()) + ")",
                    null));
        }
        return rows;
    }

    static String startedBy(Trigger trigger) {
        return trigger.kind() == Trigger.Kind.ALARM ? "alarm " + trigger.source() : trigger.source();
    }

    /** As the JSON contract spells it. */
    private static String word(Enum<?> value) {
        return Json.mapper().convertValue(value, String.class);
    }
}
