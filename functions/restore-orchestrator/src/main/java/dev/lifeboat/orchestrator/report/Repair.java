package dev.lifeboat.orchestrator.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an assessment may call for, where it calls for more than nothing. */
enum Repair {
    /** Delete PostgreSQL's pod; its volume stays. */
    @JsonProperty("restart-pod")
    RESTART_POD("delete PostgreSQL's pod, which its StatefulSet makes anew on the same volume"),
    /** Recover to the latest point in time, beside what is there. */
    @JsonProperty("point-in-time")
    POINT_IN_TIME(
            "restore a second instance beside the database to a point in time, look into it, and lead the Service to it; what is"
                    + " there now is kept as quarantine"),
    /** Restore the newest verified backup, or when that fails the one before it. */
    @JsonProperty("restore-backup")
    RESTORE_BACKUP(
            "restore the newest verified backup beside the database, compare it, and swap it in; what is there now is kept"
                    + " as quarantine"),
    /** Replace the pods of Deployments, revision as it is. */
    @JsonProperty("restart")
    RESTART("restart the Deployments that were healthy before"),
    /** Roll Deployments back to the last revision that was healthy. */
    @JsonProperty("roll-back")
    ROLL_BACK("roll the Deployments back to the last revision that was recorded as healthy"),
    /** Build the next generation of the cluster, and lead users there. */
    @JsonProperty("rebuild-cluster")
    REBUILD_CLUSTER(
            "build the cluster anew beside the old one (or in its place, where the settings say so), bring its data back, take"
                    + " the old one out of use, and lead DNS to the new one");

    private final String words;

    Repair(String words) {
        this.words = words;
    }

    /** What is done, to follow "to". */
    String words() {
        return words;
    }
}
