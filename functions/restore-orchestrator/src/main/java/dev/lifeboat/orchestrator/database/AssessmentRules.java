package dev.lifeboat.orchestrator.database;

import static dev.lifeboat.orchestrator.assessment.Rule.row;
import static dev.lifeboat.orchestrator.database.Decision.CORRECT_LOGIN;
import static dev.lifeboat.orchestrator.database.Decision.EXAMINE;
import static dev.lifeboat.orchestrator.database.Decision.LOOK_AGAIN;
import static dev.lifeboat.orchestrator.database.Decision.MAKE_ROOM;
import static dev.lifeboat.orchestrator.database.Decision.NOT_NEEDED;
import static dev.lifeboat.orchestrator.database.Decision.RECONNECT;
import static dev.lifeboat.orchestrator.database.Decision.REPLACE_VOLUME;
import static dev.lifeboat.orchestrator.database.Decision.RESTART_POD;
import static dev.lifeboat.orchestrator.database.Decision.RESTORE;
import static dev.lifeboat.orchestrator.database.Look.ACCEPTS_CONNECTIONS;
import static dev.lifeboat.orchestrator.database.Look.ADMINISTRATOR_ADMITTED;
import static dev.lifeboat.orchestrator.database.Look.CHECKSUMS_HOLD;
import static dev.lifeboat.orchestrator.database.Look.DATABASE_EXISTS;
import static dev.lifeboat.orchestrator.database.Look.HAS_ROOM;
import static dev.lifeboat.orchestrator.database.Look.HAS_TABLES;
import static dev.lifeboat.orchestrator.database.Look.HOLDS_ROWS;
import static dev.lifeboat.orchestrator.database.Look.LARGER_THAN_EMPTY;
import static dev.lifeboat.orchestrator.database.Look.OUT_OF_RECOVERY;
import static dev.lifeboat.orchestrator.database.Look.POD_READY;
import static dev.lifeboat.orchestrator.database.Look.POD_RUNS;
import static dev.lifeboat.orchestrator.database.Look.PORT_OPEN;
import static dev.lifeboat.orchestrator.database.Look.READABLE;
import static dev.lifeboat.orchestrator.database.Look.SERVER_ANSWERS;
import static dev.lifeboat.orchestrator.database.Look.VOLUME_BOUND;
import static dev.lifeboat.orchestrator.database.Look.VOLUME_EXISTS;
import static dev.lifeboat.orchestrator.database.Look.WRITABLE;

import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.Rule;
import java.util.List;

/**
 * What the looks come to: a pure function of the evidence. The first row that matches decides, and the last one matches what is left.
 * {@code docs/assessment.md} shows the same rows; a test walks every combination of answers.
 */
final class AssessmentRules {
    /** In the order in which they are tried. */
    static final List<Rule<Look, Decision>> ROWS = List.of(
            row(CORRECT_LOGIN, ADMINISTRATOR_ADMITTED, "Nobody can tell what is there.")
                    .no(ADMINISTRATOR_ADMITTED),
            // The server does not answer.
            row(REPLACE_VOLUME, VOLUME_BOUND, "The pod cannot start without its volume.")
                    .notYes(SERVER_ANSWERS, POD_READY)
                    .no(VOLUME_BOUND),
            row(REPLACE_VOLUME, VOLUME_EXISTS, "Kubernetes has a claim to a volume that EBS has not.")
                    .notYes(SERVER_ANSWERS, POD_READY)
                    .no(VOLUME_EXISTS),
            row(RESTART_POD, SERVER_ANSWERS, "The kernel takes the connection, and PostgreSQL says nothing: it hangs.")
                    .no(SERVER_ANSWERS)
                    .yes(PORT_OPEN, POD_RUNS)
                    .notNo(VOLUME_BOUND, VOLUME_EXISTS),
            row(RECONNECT, PORT_OPEN, "Kubernetes sees it ready, and we do not reach it: the network between is cut.")
                    .no(SERVER_ANSWERS, PORT_OPEN)
                    .yes(POD_READY),
            row(RESTART_POD, SERVER_ANSWERS, "The pod claims to run, is not ready, and nobody listens in it.")
                    .no(SERVER_ANSWERS, PORT_OPEN, POD_READY)
                    .yes(POD_RUNS)
                    .notNo(VOLUME_BOUND, VOLUME_EXISTS),
            row(LOOK_AGAIN, SERVER_ANSWERS, "The pod may be on its way.").notYes(SERVER_ANSWERS),
            // It answers, and cannot be judged or repaired yet.
            row(LOOK_AGAIN, ADMINISTRATOR_ADMITTED, "It starts up, or has no connection left.")
                    .unknown(ADMINISTRATOR_ADMITTED),
            row(LOOK_AGAIN, OUT_OF_RECOVERY, "What is replayed now may bring the data.")
                    .notYes(OUT_OF_RECOVERY),
            row(MAKE_ROOM, HAS_ROOM, "Without room nothing can be restored either.")
                    .no(HAS_ROOM),
            row(EXAMINE, VOLUME_BOUND, "PostgreSQL answers from a volume that Kubernetes does not know.")
                    .no(VOLUME_BOUND),
            row(EXAMINE, VOLUME_EXISTS, "PostgreSQL answers from a volume that EBS does not have.")
                    .no(VOLUME_EXISTS),
            row(EXAMINE, WRITABLE, "It reads, and refuses to write.").no(WRITABLE),
            row(LOOK_AGAIN, POD_RUNS, "What answers is on its way out; the next pod counts.")
                    .no(POD_RUNS),
            row(LOOK_AGAIN, PORT_OPEN, "One look reached it, and another did not.")
                    .no(PORT_OPEN),
            // It answers: are the data there?
            row(LOOK_AGAIN, DATABASE_EXISTS, "Its existence is not known, or somebody may still change it.")
                    .unknown(DATABASE_EXISTS),
            row(RESTORE, DATABASE_EXISTS, "There is no such database.").no(DATABASE_EXISTS),
            row(RESTORE, READABLE, "PostgreSQL itself reports damage.").no(READABLE),
            row(RESTORE, ACCEPTS_CONNECTIONS, "Closed and empty: a recovery that died has fenced it.")
                    .no(ACCEPTS_CONNECTIONS, LARGER_THAN_EMPTY),
            row(EXAMINE, ACCEPTS_CONNECTIONS, "Somebody closed a database with data.")
                    .no(ACCEPTS_CONNECTIONS)
                    .yes(LARGER_THAN_EMPTY),
            row(LOOK_AGAIN, ACCEPTS_CONNECTIONS, "Nobody could look into it.").notYes(ACCEPTS_CONNECTIONS),
            row(RESTORE, HAS_TABLES, "It is as empty as a fresh one.").no(HAS_TABLES),
            row(LOOK_AGAIN, HAS_TABLES, "Its tables were not listed.").unknown(HAS_TABLES),
            row(RESTORE, HOLDS_ROWS, "An application made its tables anew.").no(HOLDS_ROWS),
            row(LOOK_AGAIN, HOLDS_ROWS, "Too few tables answered.").unknown(HOLDS_ROWS),
            row(LOOK_AGAIN, READABLE, "Too few tables answered.").unknown(READABLE),
            // The data are there: is all well?
            row(EXAMINE, CHECKSUMS_HOLD, "All that was read is whole, and something else is not.")
                    .no(CHECKSUMS_HOLD),
            row(LOOK_AGAIN, WRITABLE, "Whether it writes is not known.").unknown(WRITABLE),
            row(LOOK_AGAIN, POD_READY, "The Service leads no application to a pod that is not ready.")
                    .no(POD_READY),
            row(NOT_NEEDED, HOLDS_ROWS, "It answers, reads, writes, and holds the data."));

    private AssessmentRules() {}

    /** The row that decides. */
    static Rule<Look, Decision> rule(Evidence evidence) {
        return ROWS.get(Rule.first(ROWS, evidence));
    }
}
