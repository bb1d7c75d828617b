package dev.lifeboat.orchestrator.application;

import static dev.lifeboat.orchestrator.application.ApplicationDecision.CHECK_ROUTE;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.EXAMINE;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.LOOK_AGAIN;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.NOT_NEEDED;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.RECOVER_DATABASE;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.RESTART;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.ROLL_BACK;
import static dev.lifeboat.orchestrator.application.ApplicationLook.CONTAINERS_START;
import static dev.lifeboat.orchestrator.application.ApplicationLook.DATABASE_READY;
import static dev.lifeboat.orchestrator.application.ApplicationLook.EARLIER_REVISION;
import static dev.lifeboat.orchestrator.application.ApplicationLook.HEALTHY_OUTSIDE;
import static dev.lifeboat.orchestrator.application.ApplicationLook.IMAGES_PULLED;
import static dev.lifeboat.orchestrator.application.ApplicationLook.ROLLED_OUT;
import static dev.lifeboat.orchestrator.application.ApplicationLook.SERVES;
import static dev.lifeboat.orchestrator.assessment.Rule.row;

import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.Rule;
import java.util.List;

/** What the looks at an application come to: a pure function of the evidence. The first row that matches decides. */
final class ApplicationRules {
    /** In the order in which they are tried. */
    static final List<Rule<ApplicationLook, ApplicationDecision>> ROWS = List.of(
            row(RECOVER_DATABASE, DATABASE_READY, "No application is well without its database.")
                    .no(DATABASE_READY),
            row(LOOK_AGAIN, DATABASE_READY, "Whether the database is the cause is not known.")
                    .unknown(DATABASE_READY),
            row(LOOK_AGAIN, ROLLED_OUT, "The rollout is under way: its deadline decides.")
                    .unknown(ROLLED_OUT)
                    .yes(SERVES),
            // A revision that does not come up.
            row(
                            ROLL_BACK,
                            ROLLED_OUT,
                            "The newest revision does not come up within its deadline, and the one before it did.")
                    .no(ROLLED_OUT)
                    .yes(EARLIER_REVISION),
            row(EXAMINE, ROLLED_OUT, "The newest revision does not come up, and there is none to go back to.")
                    .no(ROLLED_OUT),
            // A revision that was up, or is on its way.
            row(LOOK_AGAIN, SERVES, "Whether it serves is not known.").unknown(SERVES),
            row(EXAMINE, IMAGES_PULLED, "A revision that was up cannot pull its image any more.")
                    .no(IMAGES_PULLED)
                    .yes(ROLLED_OUT),
            row(EXAMINE, CONTAINERS_START, "A revision that was up does not start any more.")
                    .no(CONTAINERS_START)
                    .yes(ROLLED_OUT),
            row(RESTART, SERVES, "Its pods run, and none of a Deployment's is ready.")
                    .no(SERVES)
                    .yes(IMAGES_PULLED, CONTAINERS_START),
            row(LOOK_AGAIN, SERVES, "Kubernetes still tries to start it.").no(SERVES),
            row(CHECK_ROUTE, HEALTHY_OUTSIDE, "Kubernetes sees it well, and users do not.")
                    .no(HEALTHY_OUTSIDE),
            row(NOT_NEEDED, SERVES, "It serves, and answers from outside."));

    private ApplicationRules() {}

    /** The row that decides. */
    static Rule<ApplicationLook, ApplicationDecision> rule(Evidence evidence) {
        return ROWS.get(Rule.first(ROWS, evidence));
    }
}
