package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClaimState;
import dev.lifeboat.kubernetes.PodState;
import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.connection.PostgresPlace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What Kubernetes says of PostgreSQL's pod and of its volumes. */
final class KubernetesLooks {
    private final PostgresPlace place;
    private final Target target;

    KubernetesLooks(PostgresPlace place, Target target) {
        this.place = place;
        this.target = target;
    }

    /** @throws MisconfiguredException when the target's Service cannot be used */
    Optional<PodState> lookAtPod(Findings<Look> findings) {
        try {
            Optional<PodState> pod = place.pod(target);
            pod.ifPresentOrElse(found -> note(found, findings), () -> noPod(findings));
            return pod;
        } catch (KubernetesUnavailableException e) {
            findings.unknown(Look.POD_RUNS, e.getMessage());
            findings.unknown(Look.POD_READY, e.getMessage());
            return Optional.empty();
        }
    }

    private static void note(PodState pod, Findings<Look> findings) {
        boolean runs = pod.phase().equals("Running") && !pod.terminating();
        findings.note(Look.POD_RUNS, answer(runs), pod.summary());
        findings.note(Look.POD_READY, answer(runs && pod.ready()), pod.summary());
    }

    private void noPod(Findings<Look> findings) {
        String reason = "No pod is behind Service " + target.postgresService() + ".";
        findings.no(Look.POD_RUNS, reason);
        findings.no(Look.POD_READY, reason);
    }

    /** A claim that was not given a volume yet says nothing: its volume may be made when the pod finds a node. */
    void lookAtVolumes(Findings<Look> findings) {
        try {
            List<ClaimState> claims = place.claims(target);
            if (claims.isEmpty()) {
                findings.unknown(Look.VOLUME_BOUND, "There is no pod with a claim.");
                return;
            }
            String reason = claims.stream().map(ClaimState::summary).collect(Collectors.joining("; "));
            findings.note(Look.VOLUME_BOUND, volumes(claims), reason);
        } catch (KubernetesUnavailableException | MisconfiguredException e) {
            // Also where the function's role may not read claims: the other looks do without.
            findings.unknown(Look.VOLUME_BOUND, e.getMessage());
        }
    }

    private static Answer volumes(List<ClaimState> claims) {
        if (claims.stream().anyMatch(ClaimState::missing)) {
            return Answer.NO;
        }
        return claims.stream().allMatch(ClaimState::bound) ? Answer.YES : Answer.UNKNOWN;
    }

    private static Answer answer(boolean yes) {
        return yes ? Answer.YES : Answer.NO;
    }
}
