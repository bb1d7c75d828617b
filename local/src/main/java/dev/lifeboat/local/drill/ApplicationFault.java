package dev.lifeboat.local.drill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is wrong with the deployment that is drilled. */
public enum ApplicationFault {
    /** No registry has the image of one Deployment. */
    BAD_IMAGE("whose image no registry has", "roll-back", false),
    /** The program of one Deployment ends right after its start. */
    CRASH_LOOP("whose program ends right after its start", "roll-back", false),
    /** Both Deployments are deployed together, and no registry has the images. A step is killed, and a second alarm comes. */
    BOTH("whose images no registry has", "roll-back", false),
    /** As the first, and somebody paused the rollout. */
    PAUSED("whose image no registry has, and the rollout is paused", "resume", true),
    /** As the first, and Argo CD manages the Deployment. */
    GITOPS("whose image no registry has, and Argo CD manages it", "revert-in-git", true);

    private final String words;
    private final String decision;
    private final boolean needsPerson;

    ApplicationFault(String words, String decision, boolean needsPerson) {
        this.words = words;
        this.decision = decision;
        this.needsPerson = needsPerson;
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

    /** Whether a person is told, and nothing is touched. */
    boolean needsPerson() {
        return needsPerson;
    }
}
