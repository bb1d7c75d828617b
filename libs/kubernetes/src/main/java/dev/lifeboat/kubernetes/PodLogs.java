package dev.lifeboat.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What containers have printed last, and what must not be seen of it. */
public final class PodLogs {
    private final KubernetesClient client;
    private final KubernetesFaults faults;

    PodLogs(String cluster, KubernetesClient client) {
        this.client = client;
        this.faults = new KubernetesFaults(cluster);
    }

    /**
     * The last lines of a container; of its last run when it has printed nothing since. As they are: they may hold secrets.
     *
     * @param container null for the pod's only one
     * @param lines at most, 1 or more
     * @return empty when there are none, or nobody could tell
     */
    public String tail(String namespace, String pod, String container, int lines) {
        String now = tail(namespace, pod, container, lines, false);
        return now.isBlank() ? tail(namespace, pod, container, lines, true) : now;
    }

    private String tail(String namespace, String pod, String container, int lines, boolean previous) {
        var found = client.pods().inNamespace(namespace).withName(pod);
        try {
            String text;
            if (container == null) {
                text = previous
                        ? found.terminated().tailingLines(lines).getLog()
                        : found.tailingLines(lines).getLog();
            } else {
                text = previous
                        ? found.inContainer(container)
                                .terminated()
                                .tailingLines(lines)
                                .getLog()
                        : found.inContainer(container).tailingLines(lines).getLog();
            }
            return text == null ? "" : text;
        } catch (KubernetesClientException e) {
            // A container that never started has no log; that is an answer, too.
            return "";
        }
    }

    /**
     * The values of all Secrets of a namespace, which must not be seen in a log.
     *
     * @throws dev.lifeboat.contract.error.KubernetesUnavailableException when the API does not answer
     * @throws dev.lifeboat.contract.error.MisconfiguredException when they may not be read
     */
    public List<String> secretValues(String namespace) {
        List<String> values = new ArrayList<>();
        faults.translating(
                        "list the Secrets in " + namespace,
                        () -> client.secrets().inNamespace(namespace).list().getItems())
                .forEach(secret -> {
                    Map<String, String> data = Revisions.orEmpty(secret.getData());
                    data.values().forEach(value -> values.add(decoded(value)));
                    values.addAll(Revisions.orEmpty(secret.getStringData()).values());
                });
        return values;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return base64;
        }
    }
}
