package dev.lifeboat.orchestrator.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.orchestrator.database.Assessment.Condition;

/** What follows from an assessment; {@code recover-database.asl.json} carries it out. */
public enum Decision {
    /** Nothing is touched. */
    @JsonProperty("not-needed")
    NOT_NEEDED(Condition.HEALTHY, Rung.LEAVE_ALONE, "Nothing is touched; the execution ends as not needed."),
    /** Not all is known yet. */
    @JsonProperty("look-again")
    LOOK_AGAIN(Condition.UNREACHABLE, Rung.LOOK_AGAIN, "It is looked at again; after 60 looks a person is told."),
    /** The pod claims to run, and PostgreSQL in it says nothing. */
    @JsonProperty("restart-pod")
    RESTART_POD(
            Condition.UNREACHABLE,
            Rung.RESTART_POD,
            "When 12 looks in a row say so, the pod is deleted, once; its StatefulSet makes it anew on the same volume. When it answers"
                    + " then, the database is recovered."),
    /** Kubernetes sees PostgreSQL ready, and no connection reaches it from here. */
    @JsonProperty("reconnect")
    RECONNECT(
            Condition.UNREACHABLE,
            Rung.ASK_PERSON,
            "When 12 looks in a row say so, a person is told to open the network's way to PostgreSQL. Nothing is touched."),
    /** The pod cannot start, since its volume is not there, as Kubernetes or EBS says. */
    @JsonProperty("replace-volume")
    REPLACE_VOLUME(
            Condition.UNREACHABLE,
            Rung.ASK_PERSON,
            "When 12 looks in a row say so, a person is told to bring the volume back or to give up what is left of it."
                    + " Nothing is touched."),
    /** PostgreSQL refuses the administrator's login. */
    @JsonProperty("correct-login")
    CORRECT_LOGIN(
            Condition.UNDECIDED,
            Rung.ASK_PERSON,
            "A person is told at once to put the administrator's secret right. Nothing is touched."),
    /** The disk is full. */
    @JsonProperty("make-room")
    MAKE_ROOM(
            Condition.UNDECIDED,
            Rung.ASK_PERSON,
            "A person is told at once to enlarge the volume or to make room on it. Nothing is touched."),
    /** The answers contradict each other, or somebody has closed a database with data. */
    @JsonProperty("examine")
    EXAMINE(Condition.UNDECIDED, Rung.ASK_PERSON, "A person is told at once what was seen. Nothing is touched."),
    /** The server works, and the data are lost. */
    @JsonProperty("restore")
    RESTORE(
            Condition.LOST,
            Rung.RESTORE_BACKUP,
            "The latest point in time is recovered beside it and takes its place; or the newest verified backup is restored, compared, and"
                    + " swapped in. The lost one is kept.");

    private final Condition condition;
    private final Rung rung;
    private final String consequence;

    Decision(Condition condition, Rung rung, String consequence) {
        this.condition = condition;
        this.rung = rung;
        this.consequence = consequence;
    }

    /** What the machine branches on. */
    public Condition condition() {
        return condition;
    }

    /** The rung of the ladder that it takes. */
    Rung rung() {
        return rung;
    }

    /** What the machine does then, one or two sentences. */
    String consequence() {
        return consequence;
    }
}
