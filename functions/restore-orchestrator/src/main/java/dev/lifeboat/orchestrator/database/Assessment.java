package dev.lifeboat.orchestrator.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;

/**
 * What {@code assess} found: the evidence on which a recovery acts or does not.
 *
 * @param condition what the looks come to
 * @param reason why, one sentence
 * @param at when the last look ended
 * @param looks every look, in order
 * @param pod the pod that was looked at, null when none was found
 * @param restartPod whether deleting that pod is worth a try: it claims to run, and PostgreSQL in it does not answer
 * @param cutOver whether this incident's swap is made already: what is healthy is the restored database
 */
public record Assessment(
        Condition condition,
        String reason,
        Instant at,
        List<LookResult> looks,
        Pod pod,
        boolean restartPod,
        boolean cutOver) {
    /** What the looks come to. */
    public enum Condition {
        /** It answers and holds data: there is nothing to repair. */
        @JsonProperty("healthy")
        HEALTHY,
        /** The server answers, and the database is missing, empty or damaged. */
        @JsonProperty("lost")
        LOST,
        /** The server does not answer, or not fully: look again later. */
        @JsonProperty("unreachable")
        UNREACHABLE,
        /** The server answers, but nothing that is known would justify replacing the database: a person decides. */
        @JsonProperty("undecided")
        UNDECIDED
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
        Require.text("reason", reason);
        Require.present("at", at);
        looks = Require.listOrEmpty(looks);
    }
}
