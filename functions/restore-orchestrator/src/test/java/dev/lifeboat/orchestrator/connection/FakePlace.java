package dev.lifeboat.orchestrator.connection;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClaimState;
import dev.lifeboat.kubernetes.LastTakeOver;
import dev.lifeboat.kubernetes.PodState;
import dev.lifeboat.kubernetes.PostgresEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A place whose pod is where the test says. */
public final class FakePlace implements PostgresPlace, BlockVolumes {
    /** The id of the volume behind each claim. */
    public static final String EBS_VOLUME = "vol-1";

    public final List<String> deleted = new ArrayList<>();
    public int port;
    public String phase = "Running";
    public boolean ready = true;
    public boolean hasAddress = true;
    public List<ClaimState> claims = List.of(new ClaimState("data-postgres-0", "Bound", "pvc-1"));
    /** What EBS says of the volume; empty when it has none of that id. */
    public Optional<String> volumeState = Optional.of("in-use");

    /** What has put the live instance in place. */
    public Optional<LastTakeOver> lastTakeOver = Optional.empty();

    public boolean kubernetesAnswers = true;

    public FakePlace(int port) {
        this.port = port;
    }

    @Override
    public PostgresEndpoint locate(Target target) {
        requireKubernetes();
        if (!hasAddress) {
            throw new KubernetesUnavailableException("PostgreSQL has no address yet.", "Wait.");
        }
        return new PostgresEndpoint("127.0.0.1", port, "postgres-0", "uid-1");
    }

    @Override
    public Optional<PodState> pod(Target target) {
        requireKubernetes();
        return Optional.of(
                new PodState("postgres-0", "uid-1", "127.0.0.1", phase, ready, false, 0, null, null, "node-1", null));
    }

    @Override
    public List<ClaimState> claims(Target target) {
        requireKubernetes();
        return claims;
    }

    @Override
    public Optional<String> ebsVolume(Target target, String volume) {
        requireKubernetes();
        return Optional.of(EBS_VOLUME);
    }

    @Override
    public Optional<String> state(String id) {
        return volumeState;
    }

    @Override
    public Optional<LastTakeOver> lastTakeOver(Target target) {
        requireKubernetes();
        return lastTakeOver;
    }

    @Override
    public boolean deletePod(Target target, String pod, String uid, long token) {
        requireKubernetes();
        deleted.add(pod + "/" + uid);
        return true;
    }

    private void requireKubernetes() {
        if (!kubernetesAnswers) {
            throw new KubernetesUnavailableException("Kubernetes is down.", "Wait.");
        }
    }
}
