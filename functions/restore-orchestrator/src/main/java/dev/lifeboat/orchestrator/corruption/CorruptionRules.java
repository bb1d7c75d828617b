package dev.lifeboat.orchestrator.corruption;

import static dev.lifeboat.orchestrator.assessment.Rule.row;
import static dev.lifeboat.orchestrator.corruption.CorruptionDecision.EXAMINE;
import static dev.lifeboat.orchestrator.corruption.CorruptionDecision.LOOK_AGAIN;
import static dev.lifeboat.orchestrator.corruption.CorruptionDecision.NOT_NEEDED;
import static dev.lifeboat.orchestrator.corruption.CorruptionDecision.RECOVER_DATABASE;
import static dev.lifeboat.orchestrator.corruption.CorruptionDecision.SEARCH;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.CHECKSUMS_HOLD;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.COUNTS_KEPT;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.DATABASE_THERE;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.FORMER_OUT_OF_USE;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.HELD_FOR_THE_PROBE;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.INDEXES_WHOLE;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.INVARIANTS_HOLD;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.NOT_BEGUN;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.OUT_OF_RECOVERY;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.WRITABLE;

import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.Rule;
import java.util.List;

/**
 * What the looks at the data come to: a pure function of the evidence. The first row that matches decides, and the last one matches what is
 * left. {@code docs/assessment.md} shows the same rows; a test walks every combination of answers.
 */
final class CorruptionRules {
    /** In the order in which they are tried. */
    static final List<Rule<CorruptionLook, CorruptionDecision>> ROWS = List.of(
            row(RECOVER_DATABASE, DATABASE_THERE, "There is more wrong with the database than what its rows say.")
                    .no(DATABASE_THERE),
            row(LOOK_AGAIN, DATABASE_THERE, "Whether the database is there is not known.")
                    .unknown(DATABASE_THERE),
            row(LOOK_AGAIN, OUT_OF_RECOVERY, "What is replayed now may put it right.")
                    .notYes(OUT_OF_RECOVERY),
            // What a recovery that died has left to be done.
            row(
                            SEARCH,
                            NOT_BEGUN,
                            "This incident has put an instance in place: what it found is known, and the rest is done.")
                    .no(NOT_BEGUN),
            // Where the disk is at fault, what is read is not what was written: no transaction is to blame.
            row(EXAMINE, CHECKSUMS_HOLD, "Pages on the disk are damaged: no transaction did that.")
                    .no(CHECKSUMS_HOLD),
            row(EXAMINE, INDEXES_WHOLE, "An index is damaged: queries by it are wrong, and the rows may be right.")
                    .no(INDEXES_WHOLE),
            // Two who look, at two times and by two ways, have to have seen the same.
            row(LOOK_AGAIN, HELD_FOR_THE_PROBE, "The probe saw a violation, and this look none.")
                    .no(HELD_FOR_THE_PROBE)
                    .yes(INVARIANTS_HOLD, COUNTS_KEPT),
            // Data that are well do not go back; data that are not go on below, and whatever was in use before goes out
            // of use with the rest.
            row(
                            RECOVER_DATABASE,
                            FORMER_OUT_OF_USE,
                            "Another incident's take-over is unfinished: the recovery of the database finishes it.")
                    .no(FORMER_OUT_OF_USE)
                    .yes(INVARIANTS_HOLD, COUNTS_KEPT),
            row(NOT_NEEDED, INVARIANTS_HOLD, "All invariants hold.").yes(INVARIANTS_HOLD, COUNTS_KEPT),
            row(LOOK_AGAIN, HELD_FOR_THE_PROBE, "This look saw a violation, and the probe none.")
                    .yes(HELD_FOR_THE_PROBE),
            row(LOOK_AGAIN, HELD_FOR_THE_PROBE, "What the probe saw is not known.")
                    .unknown(HELD_FOR_THE_PROBE),
            row(EXAMINE, WRITABLE, "The server refuses to write: how could it have been changed?")
                    .no(WRITABLE),
            row(LOOK_AGAIN, WRITABLE, "Whether it writes is not known.").unknown(WRITABLE),
            row(SEARCH, INVARIANTS_HOLD, "Rows say what cannot be, and all else is well.")
                    .no(INVARIANTS_HOLD),
            row(SEARCH, COUNTS_KEPT, "Rows are gone that must not go, and all else is well.")
                    .no(COUNTS_KEPT),
            row(LOOK_AGAIN, INVARIANTS_HOLD, "Not all invariants have answered."));

    private CorruptionRules() {}

    /** The row that decides. */
    static Rule<CorruptionLook, CorruptionDecision> rule(Evidence evidence) {
        return ROWS.get(Rule.first(ROWS, evidence));
    }
}
