package dev.lifeboat.orchestrator.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;
import dev.lifeboat.orchestrator.assessment.LookResult;
import java.time.Instant;
import java.util.List;

/**
 * What {@code assess} found: the evidence on which a recovery acts or does not.
 *
 * @param condition what the looks come to
 * @param decision what follows from them
 * @param reason why, one sentence
 * @param at when the last look ended
 * @param looks every look, in order
 * @param rejected the rungs that are not taken, cheapest first
 * @param pod the pod that was looked at, null when none was found
 * @param restartPod whether deleting that pod is worth a try: it claims to run, and PostgreSQL in it does not answer
 * @param cutOver whether this incident's swap is made already: what is healthy is the restored database
 * @param takeOver which recovery has put the instance in place that was looked at, as far as something follows from it
 */
public record Assessment(
        Condition condition,
        Decision decision,
        String reason,
        Instant at,
        List<LookResult<Look>> looks,
        List<RejectedRung> rejected,
        Pod pod,
        boolean restartPod,
        boolean cutOver,
        TakeOver takeOver) {
    /** What the looks come to, as the machine tells it apart. */
    public enum Condition {
        /** It answers, writes and holds data: there is nothing to repair. */
        @JsonProperty("healthy")
        HEALTHY,
        /** The server answers, and the database is missing, empty or damaged. */
        @JsonProperty("lost")
        LOST,
        /** Not all answers, or not yet: look again later. */
        @JsonProperty("unreachable")
        UNREACHABLE,
        /** Nothing that is known would justify replacing the database, and waiting does not help: a person decides. */
        @JsonProperty("undecided")
        UNDECIDED
    }

    /** Which recovery has put the live instance in place. */
    public enum TakeOver {
        /** None that anything is left of to be done. */
        @JsonProperty("none")
        NONE,
        /** One of this incident's, which may have died before all was done. */
        @JsonProperty("ours")
        OURS,
        /** Another incident's, and what was live before is still in use. */
        @JsonProperty("unfinished")
        UNFINISHED,
        /** One that restores it in place, whoever's, and is not at its point. */
        @JsonProperty("begun")
        BEGUN
    }

    /**
     * PostgreSQL's pod.
     *
     * @param name its name
     * @param uid its uid
     */
    public record Pod(String name, String uid) {
        public Pod {
            Require.text("pod.name", name);
            Require.text("pod.uid", uid);
        }
    }

    public Assessment {
        Require.present("condition", condition);
        Require.present("decision", decision);
        Require.text("reason", reason);
        Require.present("at", at);
        Require.present("takeOver", takeOver);
        looks = Require.listOrEmpty(looks);
        rejected = Require.listOrEmpty(rejected);
    }
}
