package dev.lifeboat.orchestrator.report;

import static dev.lifeboat.contract.Shell.quoted;

import dev.lifeboat.contract.Json;
import dev.lifeboat.orchestrator.corruption.CorruptionAssessment;
import dev.lifeboat.orchestrator.corruption.CorruptionDecision;
import dev.lifeboat.orchestrator.corruption.Search;
import dev.lifeboat.orchestrator.report.ReportRequest.ReportCorruption;
import dev.lifeboat.report.Evidence;
import dev.lifeboat.report.Look;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.RejectedRung;
import dev.lifeboat.report.Remaining;
import dev.lifeboat.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the facts of a recovery of corrupted data together. What it has in common with a recovery to a point in time is taken from there. */
final class CorruptionReport {
    private final ReportCorruption facts;
    private final Optional<Search> search;
    private final String bucket;

    private CorruptionReport(ReportCorruption facts, Optional<Search> search, String bucket) {
        this.facts = facts;
        this.search = search;
        this.bucket = bucket;
    }

    static RecoveryReport of(
            ReportCorruption facts, Optional<Search> search, StepTimeline.Timeline timeline, String bucket) {
        return new CorruptionReport(facts, search, bucket).report(ReportAssembly.of(common(facts), timeline, bucket));
    }

    /** The part of it that is a recovery to a point in time. */
    private static ReportRequest.Report common(ReportCorruption facts) {
        return new ReportRequest.Report(
                facts.scope(),
                facts.trigger(),
                facts.execution(),
                facts.outcome(),
                null,
                facts.permission(),
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                facts.failure(),
                facts.problems(),
                null,
                facts.recovery());
    }

    private RecoveryReport report(RecoveryReport common) {
        List<Section> sections = new ArrayList<>();
        if (facts.result() != null) {
            sections.add(SearchSection.of(facts.result(), search.orElse(null)));
        }
        sections.addAll(common.sections());
        return new RecoveryReport(
                common.version(),
                common.incident(),
                "corruption",
                common.outcome(),
                common.trigger(),
                common.target(),
                common.execution(),
                common.measures(),
                facts.assessment() == null ? null : evidence(facts.assessment()),
                common.restore(),
                common.outside(),
                common.steps(),
                common.failure(),
                remaining(common),
                sections);
    }

    private static Evidence evidence(CorruptionAssessment assessment) {
        String decision = ReportAssembly.word(assessment.decision());
        return new Evidence(
                decision,
                decision,
                assessment.reason(),
                assessment.at(),
                assessment.looks().stream()
                        .map(look -> new Look(
                                ReportAssembly.word(look.look()),
                                ReportAssembly.word(look.answer()),
                                look.reason(),
                                look.millis()))
                        .toList(),
                assessment.rejected().stream()
                        .map(rejected -> new RejectedRung(ReportAssembly.word(rejected.decision()), rejected.reason()))
                        .toList());
    }

    private List<Remaining> remaining(RecoveryReport common) {
        List<Remaining> work = new ArrayList<>();
        switch (facts.outcome()) {
            case NOT_NEEDED -> work.addAll(common.remaining());
            case RECOVERED -> {
                cause(work);
                work.addAll(common.remaining());
            }
            case NOT_APPROVED -> {
                work.add(new Remaining(
                        "A person did not let Lifeboat go back. The data are as they were seen; docs/runbooks/data-corrupt.md says"
                                + " how to put them right by hand.",
                        null));
                again(work, "If you change your mind, let Lifeboat look and ask again.");
            }
            case OBSERVED ->
                again(
                        work,
                        "The mode is 'observe', so nothing was done. To let Lifeboat do it, set both modes (docs/modes.md), and"
                                + " start it again.");
            case NEEDS_PERSON -> forAPerson(work);
            case HANDED_OVER -> {} // the other recovery says what is left
        }
        return work;
    }

    private void forAPerson(List<Remaining> work) {
        if (facts.assessment() != null && facts.assessment().decision() == CorruptionDecision.EXAMINE) {
            work.add(new Remaining(
                    "What was seen contradicts itself, so nothing was replaced: "
                            + facts.assessment().reason()
                            + " Look for yourself before you restore anything (docs/runbooks/data-corrupt.md).",
                    null));
        }
        work.add(new Remaining(
                "Read what the recovery did, newest first; docs/runbooks/data-corrupt.md says what to do at which step.",
                "aws stepfunctions get-execution-history --reverse-order --max-results 30 --execution-arn "
                        + quoted(facts.execution())));
        if (facts.result() != null && facts.result().before() != null && facts.recovery() == null) {
            work.add(new Remaining(
                    "The newest state that is known to be good has all of the WAL that begins before "
                            + facts.result().before()
                            + ". To go back to it, start recover-point-in-time with this point in its input.",
                    "echo "
                            + quoted("\"point\": {\"type\": \"lsn\", \"value\": "
                                    + Json.compact(facts.result().before()) + ", \"inclusive\": false}")));
        }
        if (facts.recovery() != null && facts.recovery().takeOver() != null) {
            PointWork.lost(facts.recovery(), facts.scope().target(), bucket).ifPresent(work::add);
        }
        again(work, "When the cause is put right, let Lifeboat look again.");
    }

    private void cause(List<Remaining> work) {
        work.add(new Remaining(
                "Find out what wrote the first bad transaction, before it does so again: "
                        + (facts.result().firstBad() == null
                                ? "it is not known by name."
                                : facts.result().firstBad().summary() + "."),
                null));
    }

    private void again(List<Remaining> work, String what) {
        RemainingWork.startAgain(what, facts.execution(), facts.scope(), facts.trigger())
                .ifPresent(work::add);
    }
}
