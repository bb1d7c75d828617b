package dev.lifeboat.orchestrator.application;

import static dev.lifeboat.orchestrator.application.ApplicationDecision.CHECK_ROUTE;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.EXAMINE;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.KEEP_SCHEMA;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.LOOK_AGAIN;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.NOT_NEEDED;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.RECOVER_CLUSTER;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.RECOVER_DATABASE;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.RESTART;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.RESUME;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.REVERT_IN_GIT;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.ROLL_BACK;
import static dev.lifeboat.orchestrator.application.ApplicationLook.CONTAINERS_START;
import static dev.lifeboat.orchestrator.application.ApplicationLook.DATABASE_READY;
import static dev.lifeboat.orchestrator.application.ApplicationLook.HEALTHY_OUTSIDE;
import static dev.lifeboat.orchestrator.application.ApplicationLook.HEALTHY_REVISION;
import static dev.lifeboat.orchestrator.application.ApplicationLook.IMAGES_PULLED;
import static dev.lifeboat.orchestrator.application.ApplicationLook.KNOWN_HEALTHY;
import static dev.lifeboat.orchestrator.application.ApplicationLook.NODES_READY;
import static dev.lifeboat.orchestrator.application.ApplicationLook.NOT_PAUSED;
import static dev.lifeboat.orchestrator.application.ApplicationLook.NOT_RESTARTED;
import static dev.lifeboat.orchestrator.application.ApplicationLook.PROBES_PASS;
import static dev.lifeboat.orchestrator.application.ApplicationLook.ROLLED_OUT;
import static dev.lifeboat.orchestrator.application.ApplicationLook.ROLL_BACK_STAYS;
import static dev.lifeboat.orchestrator.application.ApplicationLook.SCHEMA_FITS;
import static dev.lifeboat.orchestrator.application.ApplicationLook.SERVES;
import static dev.lifeboat.orchestrator.assessment.Rule.row;

import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.Rule;
import java.util.List;

/** What the looks at a Deployment come to: a pure function of the evidence. The first row that matches decides. */
final class ApplicationRules {
    /** In the order in which they are tried. */
    static final List<Rule<ApplicationLook, ApplicationDecision>> ROWS = List.of(
            row(RECOVER_CLUSTER, NODES_READY, "No node is ready: it is the cluster that is lost.")
                    .no(NODES_READY),
            row(RECOVER_DATABASE, DATABASE_READY, "No application is well without its database.")
                    .no(DATABASE_READY),
            row(LOOK_AGAIN, DATABASE_READY, "Whether the database is the cause is not known.")
                    .unknown(DATABASE_READY),
            row(LOOK_AGAIN, SERVES, "Kubernetes did not say how it is.").unknown(SERVES),
            // What is well, as Kubernetes sees it.
            row(NOT_NEEDED, SERVES, "It is rolled out, serves, and answers from outside.")
                    .yes(ROLLED_OUT, SERVES, IMAGES_PULLED, CONTAINERS_START, PROBES_PASS)
                    .notNo(HEALTHY_OUTSIDE),
            row(RESUME, NOT_PAUSED, "Somebody stopped the rollout half-way, and only they know why.")
                    .no(NOT_PAUSED),
            row(
                            CHECK_ROUTE,
                            HEALTHY_OUTSIDE,
                            "A revision that was healthy from outside is well inside: it is the way to it.")
                    .yes(ROLLED_OUT, SERVES, IMAGES_PULLED, CONTAINERS_START, PROBES_PASS, KNOWN_HEALTHY),
            // A revision that was healthy once, and is not now: it is not the deployment.
            row(EXAMINE, IMAGES_PULLED, "A revision that was healthy cannot pull its image any more.")
                    .no(IMAGES_PULLED)
                    .yes(KNOWN_HEALTHY),
            row(
                            RESTART,
                            CONTAINERS_START,
                            "It was healthy, and what it depends on is there: it waits for nothing but its next start.")
                    .no(CONTAINERS_START)
                    .yes(KNOWN_HEALTHY, NOT_RESTARTED),
            row(
                            RESTART,
                            PROBES_PASS,
                            "It was healthy, runs, and does not get ready although what it depends on is there.")
                    .no(PROBES_PASS)
                    .yes(KNOWN_HEALTHY, NOT_RESTARTED),
            row(EXAMINE, CONTAINERS_START, "It was healthy, and a restart has not helped.")
                    .no(CONTAINERS_START)
                    .yes(KNOWN_HEALTHY),
            row(EXAMINE, PROBES_PASS, "It was healthy, and a restart has not helped.")
                    .no(PROBES_PASS)
                    .yes(KNOWN_HEALTHY),
            row(
                            EXAMINE,
                            ROLLED_OUT,
                            "It was healthy, is late, and nothing in it fails: look at quotas, nodes and volumes.")
                    .no(ROLLED_OUT)
                    .yes(KNOWN_HEALTHY),
            row(LOOK_AGAIN, ROLLED_OUT, "It was healthy, and is on its way.").yes(KNOWN_HEALTHY),
            // A revision that was never seen healthy. Nothing but its own failure speaks against it.
            row(LOOK_AGAIN, ROLLED_OUT, "The rollout is under way, and nothing of it fails: its deadline decides.")
                    .unknown(ROLLED_OUT)
                    .notNo(IMAGES_PULLED, CONTAINERS_START, PROBES_PASS),
            row(LOOK_AGAIN, SERVES, "It was up, has no ready pod, and nothing of it fails: Kubernetes makes new ones.")
                    .yes(ROLLED_OUT)
                    .no(SERVES)
                    .notNo(IMAGES_PULLED, CONTAINERS_START, PROBES_PASS),
            row(LOOK_AGAIN, CONTAINERS_START, "Not all of its pods were seen.")
                    .yes(ROLLED_OUT)
                    .notNo(IMAGES_PULLED, CONTAINERS_START, PROBES_PASS, HEALTHY_OUTSIDE),
            row(LOOK_AGAIN, KNOWN_HEALTHY, "Whether it was healthy once is not known.")
                    .unknown(KNOWN_HEALTHY),
            row(EXAMINE, HEALTHY_REVISION, "It fails, and no older revision that was recorded as healthy is left.")
                    .no(HEALTHY_REVISION),
            row(LOOK_AGAIN, HEALTHY_REVISION, "Whether an older revision was healthy is not known.")
                    .unknown(HEALTHY_REVISION),
            row(REVERT_IN_GIT, ROLL_BACK_STAYS, "It fails, and a controller would undo the roll-back.")
                    .no(ROLL_BACK_STAYS),
            row(KEEP_SCHEMA, SCHEMA_FITS, "It fails, and the revision before it does not know the database's schema.")
                    .no(SCHEMA_FITS),
            row(KEEP_SCHEMA, SCHEMA_FITS, "It fails, and whether the revision before it knows the schema is not known.")
                    .unknown(SCHEMA_FITS),
            row(LOOK_AGAIN, ROLL_BACK_STAYS, "Who manages it is not known.").unknown(ROLL_BACK_STAYS),
            row(ROLL_BACK, ROLLED_OUT, "It fails, was never seen healthy, and an older revision was.")
                    .no(ROLLED_OUT),
            row(ROLL_BACK, IMAGES_PULLED, "It fails, was never seen healthy, and an older revision was.")
                    .no(IMAGES_PULLED),
            row(ROLL_BACK, CONTAINERS_START, "It fails, was never seen healthy, and an older revision was.")
                    .no(CONTAINERS_START),
            row(ROLL_BACK, PROBES_PASS, "It fails, was never seen healthy, and an older revision was.")
                    .no(PROBES_PASS),
            row(ROLL_BACK, HEALTHY_OUTSIDE, "It was never seen healthy from outside, and an older revision was."));

    private ApplicationRules() {}

    /** The row that decides. */
    static Rule<ApplicationLook, ApplicationDecision> rule(Evidence evidence) {
        return ROWS.get(Rule.first(ROWS, evidence));
    }
}
