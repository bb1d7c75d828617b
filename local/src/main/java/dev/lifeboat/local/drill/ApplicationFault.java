package dev.lifeboat.local.drill;

import dev.lifeboat.report.Outcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is wrong with the deployment that is drilled. */
public enum ApplicationFault {
    /** No registry has the image of one Deployment. */
    BAD_IMAGE("whose image no registry has", "roll-back", Outcome.RECOVERED),
    /** The program of one Deployment ends right after its start. */
    CRASH_LOOP("whose program ends right after its start", "roll-back", Outcome.RECOVERED),
    /** Both Deployments are deployed together, and no registry has the images. A step is killed, and a second alarm comes. */
    BOTH("whose images no registry has", "roll-back", Outcome.RECOVERED),
    /** As the first, and somebody paused the rollout. */
    PAUSED("whose image no registry has, and the rollout is paused", "resume", Outcome.NEEDS_PERSON),
    /** As the first, and Argo CD manages the Deployment. */
    GITOPS("whose image no registry has, and Argo CD manages it", "revert-in-git", Outcome.NEEDS_PERSON),
    /** Nothing is deployed: PostgreSQL hangs, and it is the application's alarm that goes off. */
    HUNG_DATABASE("is as it was: PostgreSQL hangs", "recover-database", Outcome.HANDED_OVER);

    private final String words;
    private final String decision;
    private final Outcome outcome;

    ApplicationFault(String words, String decision, Outcome outcome) {
        this.words = words;
        this.decision = decision;
        this.outcome = outcome;
    }

    /** By its name on the command line. */
    public static Optional<ApplicationFault> of(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.text().equals(name))
                .findFirst();
    }

    /** The names, for people. */
    public static String all() {
        return Arrays.stream(values()).map(ApplicationFault::text).collect(Collectors.joining(", "));
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String words() {
        return words;
    }

    /** What the recovery has to decide. */
    String decision() {
        return decision;
    }

    /** How the recovery has to end; when it needs a person nothing is touched. */
    Outcome outcome() {
        return outcome;
    }

    /** Whether somebody deploys something. */
    boolean deploys() {
        return this != HUNG_DATABASE;
    }
}
