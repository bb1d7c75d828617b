package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClaimState;
import dev.lifeboat.kubernetes.PodState;
import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.connection.BlockVolumes;
import dev.lifeboat.orchestrator.connection.PostgresPlace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What Kubernetes says of PostgreSQL's pod and of its volumes, and what EBS says of these. */
final class KubernetesLooks {
    private final PostgresPlace place;
    /** What EBS says of a volume that is there, or will be. */
    private static final Set<String> USABLE = Set.of("available", "in-use");

    private static final String COMING = "creating";

    private final BlockVolumes blockVolumes;
    private final Target target;

    KubernetesLooks(PostgresPlace place, BlockVolumes blockVolumes, Target target) {
        this.place = place;
        this.blockVolumes = blockVolumes;
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

    /** Whether PostgreSQL has its volume, as far as Kubernetes and EBS know. */
    boolean volumeIsThere() {
        Findings<Look> findings = new Findings<>(Look.class);
        lookAtVolumes(findings);
        return LookResult.of(findings.all(), Look.VOLUME_BOUND).answer() == Answer.YES
                && LookResult.of(findings.all(), Look.VOLUME_EXISTS).answer() != Answer.NO;
    }

    /** A claim that was not given a volume yet says nothing: its volume may be made when the pod finds a node. */
    void lookAtVolumes(Findings<Look> findings) {
        try {
            List<ClaimState> claims = place.claims(target);
            if (claims.isEmpty()) {
                findings.unknown(Look.VOLUME_BOUND, "There is no pod with a claim.");
                findings.unknown(Look.VOLUME_EXISTS, "There is no pod with a claim.");
                return;
            }
            String reason = claims.stream().map(ClaimState::summary).collect(Collectors.joining("; "));
            findings.note(Look.VOLUME_BOUND, volumes(claims), reason);
            lookAtEbs(claims, findings);
        } catch (KubernetesUnavailableException | MisconfiguredException e) {
            // Also where the function's role may not read claims: the other looks do without.
            findings.unknown(Look.VOLUME_BOUND, e.getMessage());
            findings.unknown(Look.VOLUME_EXISTS, e.getMessage());
        }
    }

    /** A claim stays Bound when its volume is deleted behind Kubernetes' back: it has no way to see that. */
    private void lookAtEbs(List<ClaimState> claims, Findings<Look> findings) {
        List<String> said = new ArrayList<>();
        Set<Answer> answers = EnumSet.noneOf(Answer.class);
        for (ClaimState claim : claims) {
            answers.add(claim.volume() == null ? noVolumeYet(claim, said) : lookAtEbs(claim, said));
        }
        Answer answer = answers.contains(Answer.NO)
                ? Answer.NO
                : answers.contains(Answer.UNKNOWN) ? Answer.UNKNOWN : Answer.YES;
        findings.note(Look.VOLUME_EXISTS, answer, String.join("; ", said));
    }

    private static Answer noVolumeYet(ClaimState claim, List<String> said) {
        said.add("claim " + claim.name() + " has no volume");
        return Answer.UNKNOWN;
    }

    private Answer lookAtEbs(ClaimState claim, List<String> said) {
        try {
            Optional<String> id = place.ebsVolume(target, claim.volume());
            if (id.isEmpty()) {
                said.add("volume " + claim.volume() + " of claim " + claim.name() + " is none of EBS");
                return Answer.UNKNOWN;
            }
            Optional<String> state = blockVolumes.state(id.get());
            String volume = "EBS volume " + id.get() + " of claim " + claim.name();
            said.add(state.map(found -> volume + " is " + found).orElse(volume + " does not exist"));
            if (state.isEmpty()) {
                return Answer.NO;
            }
            return USABLE.contains(state.get()) ? Answer.YES : state.get().equals(COMING) ? Answer.UNKNOWN : Answer.NO;
        } catch (KubernetesUnavailableException | MisconfiguredException | AwsUnavailableException e) {
            // Also where the function's role may not look: the other looks do without.
            said.add(e.getMessage());
            return Answer.UNKNOWN;
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
