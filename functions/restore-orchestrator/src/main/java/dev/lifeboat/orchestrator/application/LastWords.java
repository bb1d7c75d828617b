package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.RevisionPod;
import dev.lifeboat.orchestrator.application.DeploymentAssessment.LastLines;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The last lines of containers that fail, without the secrets in them. Small: they travel with the assessment. */
final class LastWords {
    private static final Logger LOG = Logger.getLogger(LastWords.class);
    private static final int CONTAINERS = 2;
    private static final int LINES = 20;
    private static final int LONGEST_LINE = 300;

    private final Supplier<KubernetesAccess> clusters;
    private final Target target;
    private SecretMask mask;
    private boolean secretsUnread;

    LastWords(Supplier<KubernetesAccess> clusters, Target target) {
        this.clusters = clusters;
        this.target = target;
    }

    /** Those of the first few pods; none when nobody could tell. */
    List<LastLines> of(List<RevisionPod> failing) {
        if (failing.isEmpty()) {
            return List.of();
        }
        try (KubernetesAccess access = clusters.get()) {
            prepare(access);
            return failing.stream()
                    .limit(CONTAINERS)
                    .map(pod -> lines(access, pod))
                    .filter(words -> !words.lines().isEmpty())
                    .toList();
        } catch (LifeboatException e) {
            LOG.warnf("The last lines of the failing containers were not read: %s", e.getMessage());
            return List.of();
        }
    }

    /** Without the right to read Secrets what looks like one is masked all the same, and it is said. */
    private void prepare(KubernetesAccess access) {
        if (mask != null) {
            return;
        }
        try {
            mask = new SecretMask(access.logs().secretValues(target.namespace()));
        } catch (LifeboatException e) {
            LOG.warnf(
                    "The namespace's Secrets may not be read, so only what looks like one is masked: %s",
                    e.getMessage());
            secretsUnread = true;
            mask = new SecretMask(List.of());
        }
    }

    private LastLines lines(KubernetesAccess access, RevisionPod pod) {
        String text = access.logs().tail(target.namespace(), pod.state().name(), pod.container(), LINES);
        List<String> lines = new ArrayList<>(mask.mask(text)
                .lines()
                .map(line -> line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…")
                .toList());
        if (lines.size() > LINES) {
            lines = lines.subList(lines.size() - LINES, lines.size());
        }
        if (secretsUnread && !lines.isEmpty()) {
            lines.add("(The namespace's Secrets could not be read: only what looks like a secret is masked.)");
        }
        String container = pod.container() == null ? "" : "/" + pod.container();
        return new LastLines(pod.state().name() + container, lines);
    }
}
