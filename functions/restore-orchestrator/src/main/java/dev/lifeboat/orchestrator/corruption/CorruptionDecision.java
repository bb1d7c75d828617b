package dev.lifeboat.orchestrator.corruption;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What follows from an assessment of the data, cheapest first; {@code recover-corruption.asl.json} carries it out. */
public enum CorruptionDecision {
    /** All invariants hold. */
    @JsonProperty("not-needed")
    NOT_NEEDED("Nothing is touched."),
    /** Not all is known yet, or two who looked have seen different things. */
    @JsonProperty("look-again")
    LOOK_AGAIN("It is looked at again; after 60 looks a person is told."),
    /** What was written is wrong, and all else is well. */
    @JsonProperty("search")
    SEARCH(
            "When three looks in a row say so, the last good transaction is searched beside the live database, which goes on; then a"
                    + " person is asked, unless the mode allows it, and the database goes back to it."),
    /** The database itself is lost. */
    @JsonProperty("recover-database")
    RECOVER_DATABASE("When three looks in a row say so, the recovery of the database is started."),
    /** The looks contradict each other, or the disk is at fault and not what was written. */
    @JsonProperty("examine")
    EXAMINE("When three looks in a row say so, a person is told what was seen. Nothing is touched.");

    private final String consequence;

    CorruptionDecision(String consequence) {
        this.consequence = consequence;
    }

    /** What is done then, one or two sentences. */
    String consequence() {
        return consequence;
    }
}
