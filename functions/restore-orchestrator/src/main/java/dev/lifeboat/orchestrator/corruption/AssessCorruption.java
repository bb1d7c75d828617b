package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.assessment.Rule;
import dev.lifeboat.orchestrator.assessment.SideBySide;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.orchestrator.corruption.CorruptionAssessment.Rejected;
import dev.lifeboat.orchestrator.database.Assessment;
import dev.lifeboat.orchestrator.database.Decision;
import dev.lifeboat.orchestrator.database.Look;
import dev.lifeboat.orchestrator.probe.Invariant;
import dev.lifeboat.orchestrator.probe.InvariantLooks;
import dev.lifeboat.orchestrator.probe.InvariantRecord;
import dev.lifeboat.orchestrator.probe.InvariantRecords;
import dev.lifeboat.orchestrator.probe.InvariantResult;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Looks at what a database's rows say, and at what could make them say it, side by side. What the assessment of the database changes of
 * the target this one changes as well, and nothing else.
 */
public final class AssessCorruption {
    /** The database's own assessment takes no longer than this. */
    static final Duration DATABASE = Duration.ofSeconds(70);

    private static final Logger LOG = Logger.getLogger(AssessCorruption.class);
    private static final Duration INVARIANTS = Duration.ofSeconds(45);
    private static final Duration INDEXES = Duration.ofSeconds(20);
    /** The probe asks every minute; what it said longer ago says nothing of now. */
    private static final Duration CURRENT = Duration.ofMinutes(5);

    private final Function<RecoveryScope, Assessment> database;
    private final TargetLogins logins;
    private final InvariantRecords records;
    private final Clock clock;

    /** @param database takes the assessment of the database */
    public AssessCorruption(
            Function<RecoveryScope, Assessment> database, TargetLogins logins, InvariantRecords records, Clock clock) {
        this.database = database;
        this.logins = logins;
        this.records = records;
        this.clock = clock;
    }

    /**
     * Throws what the database's own assessment throws.
     *
     * @param tookOver whether the asking execution has put an instance in place itself
     */
    public CorruptionAssessment assess(RecoveryScope scope, boolean tookOver) {
        Target target = scope.target();
        Findings<CorruptionLook> findings = new Findings<>(CorruptionLook.class);
        try (SideBySide<CorruptionLook> looks = new SideBySide<>(findings)) {
            var server = looks.take(
                    DATABASE,
                    List.of(
                            CorruptionLook.DATABASE_THERE,
                            CorruptionLook.NOT_BEGUN,
                            CorruptionLook.FORMER_OUT_OF_USE,
                            CorruptionLook.OUT_OF_RECOVERY,
                            CorruptionLook.WRITABLE,
                            CorruptionLook.CHECKSUMS_HOLD),
                    own -> lookAtDatabase(scope, tookOver, own));
            var indexes = looks.take(
                    INDEXES.plusSeconds(5), List.of(CorruptionLook.INDEXES_WHOLE), own -> lookAtIndexes(target, own));
            List<InvariantResult> said = looks.take(
                            INVARIANTS,
                            List.<InvariantResult>of(),
                            List.of(
                                    CorruptionLook.INVARIANTS_HOLD,
                                    CorruptionLook.COUNTS_KEPT,
                                    CorruptionLook.HELD_FOR_THE_PROBE),
                            own -> lookAtInvariants(target, own))
                    .await();
            indexes.await();
            server.await();
            return judge(target, findings.all(), said);
        }
    }

    private void lookAtDatabase(RecoveryScope scope, boolean tookOver, Findings<CorruptionLook> findings) {
        Assessment assessed = database.apply(scope);
        findings.note(CorruptionLook.DATABASE_THERE, isThere(assessed), assessed.reason());
        switch (assessed.takeOver()) {
            case NONE, BEGUN -> {
                findings.yes(CorruptionLook.NOT_BEGUN, "This incident has put no instance in place.");
                findings.yes(CorruptionLook.FORMER_OUT_OF_USE, "There is one instance in use.");
            }
            case OURS -> {
                findings.note(
                        CorruptionLook.NOT_BEGUN,
                        tookOver ? Answer.UNKNOWN : Answer.NO,
                        tookOver
                                ? "This recovery itself has put the live instance in place."
                                : "A recovery of this incident has put the live instance in place, and may have died before all"
                                        + " was done.");
                findings.unknown(CorruptionLook.FORMER_OUT_OF_USE, "It is this incident's own matter.");
            }
            case UNFINISHED -> {
                findings.yes(CorruptionLook.NOT_BEGUN, "This incident has put no instance in place.");
                findings.no(
                        CorruptionLook.FORMER_OUT_OF_USE,
                        "A recovery of another incident has put the live instance in place, and one that was live before"
                                + " is still in use.");
            }
        }
        Map.of(
                        Look.OUT_OF_RECOVERY, CorruptionLook.OUT_OF_RECOVERY,
                        Look.WRITABLE, CorruptionLook.WRITABLE,
                        Look.CHECKSUMS_HOLD, CorruptionLook.CHECKSUMS_HOLD)
                .forEach((theirs, ours) -> {
                    LookResult<Look> seen = LookResult.of(assessed.looks(), theirs);
                    findings.note(ours, seen.answer(), seen.reason());
                });
    }

    /** Whether it writes or its checksums hold are looks of their own here. */
    private static Answer isThere(Assessment assessed) {
        if (assessed.decision() == Decision.RESTORE) {
            return Answer.NO;
        }
        boolean readable = List.of(Look.DATABASE_EXISTS, Look.HAS_TABLES, Look.HOLDS_ROWS, Look.READABLE).stream()
                .allMatch(look -> LookResult.of(assessed.looks(), look).answer() == Answer.YES);
        return readable ? Answer.YES : Answer.UNKNOWN;
    }

    private void lookAtIndexes(Target target, Findings<CorruptionLook> findings) {
        try {
            new IndexLook(findings, target.database(), INDEXES).look(logins.administrator(target));
        } catch (LifeboatException e) {
            findings.unknown(CorruptionLook.INDEXES_WHOLE, e.getMessage());
        }
    }

    private List<InvariantResult> lookAtInvariants(Target target, Findings<CorruptionLook> findings) {
        try {
            Optional<InvariantRecord> record = records.find(target);
            if (record.isEmpty()) {
                findings.unknown(
                        CorruptionLook.INVARIANTS_HOLD,
                        "The probe has recorded no invariant of target " + target.name() + ".");
                return List.of();
            }
            return ask(target, record.get(), findings);
        } catch (LifeboatException e) {
            findings.unknown(CorruptionLook.INVARIANTS_HOLD, e.getMessage());
            return List.of();
        }
    }

    private List<InvariantResult> ask(Target target, InvariantRecord record, Findings<CorruptionLook> findings) {
        boolean current = Duration.between(record.askedAt(), clock.instant()).compareTo(CURRENT) <= 0;
        findings.note(
                CorruptionLook.HELD_FOR_THE_PROBE,
                !current || record.holding() == null ? Answer.UNKNOWN : record.holding() ? Answer.YES : Answer.NO,
                "The probe asked at " + record.askedAt() + "; all of them held last "
                        + (record.lastGood() == null
                                ? "at no time that is known."
                                : "at " + record.lastGood().at() + ", "
                                        + record.lastGood().lsn() + "."));
        InvariantLooks looks = new InvariantLooks(
                () -> logins.as(target, record.applicationSecret()), target.database(), record.numbers());
        List<InvariantResult> said = looks.look(record.invariants());
        List<String> counts = record.invariants().stream()
                .filter(Invariant::mayNotFall)
                .map(Invariant::name)
                .toList();
        note(CorruptionLook.COUNTS_KEPT, findings, of(said, counts, true));
        note(CorruptionLook.INVARIANTS_HOLD, findings, of(said, counts, false));
        return said;
    }

    private static List<InvariantResult> of(List<InvariantResult> said, List<String> names, boolean within) {
        return said.stream()
                .filter(each -> names.contains(each.name()) == within)
                .toList();
    }

    private static void note(CorruptionLook look, Findings<CorruptionLook> findings, List<InvariantResult> said) {
        List<InvariantResult> violated = with(said, Answer.NO);
        List<InvariantResult> unknown = with(said, Answer.UNKNOWN);
        if (!violated.isEmpty()) {
            findings.no(look, sentences(violated));
        } else if (!unknown.isEmpty()) {
            findings.unknown(look, sentences(unknown));
        } else {
            findings.yes(look, said.isEmpty() ? "There is none." : "All " + said.size() + " hold.");
        }
    }

    private static List<InvariantResult> with(List<InvariantResult> said, Answer answer) {
        return said.stream().filter(each -> each.answer() == answer).toList();
    }

    private static String sentences(List<InvariantResult> said) {
        return said.stream().map(each -> each.name() + ": " + each.reason()).collect(Collectors.joining(" "));
    }

    private CorruptionAssessment judge(
            Target target, List<LookResult<CorruptionLook>> looks, List<InvariantResult> said) {
        Rule<CorruptionLook, CorruptionDecision> rule = CorruptionRules.rule(Evidence.of(looks));
        String reason = LookResult.of(looks, rule.decidedBy()).reason();
        LOG.infof("Target %s: %s: %s", target.name(), rule.decision(), reason);
        return new CorruptionAssessment(
                rule.decision(),
                reason,
                LookResult.of(looks, CorruptionLook.NOT_BEGUN).answer() == Answer.NO,
                clock.instant(),
                looks,
                said,
                rejected(rule.decision(), rule.why()));
    }

    private static List<Rejected> rejected(CorruptionDecision taken, String why) {
        return Arrays.stream(CorruptionDecision.values())
                .filter(decision -> decision != taken)
                .map(decision -> new Rejected(
                        decision,
                        decision.compareTo(taken) < 0
                                ? "It would not help. " + why
                                : "A cheaper one comes first: " + taken.consequence()))
                .toList();
    }
}
