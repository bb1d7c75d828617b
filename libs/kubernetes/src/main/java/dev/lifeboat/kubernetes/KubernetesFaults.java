package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.MisconfiguredException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Supplier;

/** The one place that says which failures of the Kubernetes API a retry can help. */
final class KubernetesFaults {
    private final String cluster;

    KubernetesFaults(String cluster) {
        this.cluster = cluster;
    }

    /**
     * @param doing what is asked, to follow "Cannot": {@code "read Service shop/postgres"}
     * @throws KubernetesUnavailableException when the API does not answer, is overloaded, or someone else wrote first
     * @throws MisconfiguredException when it answers and refuses
     */
    <T> T translating(String doing, Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw fault(doing, e);
        }
    }

    MisconfiguredException missing(String what, String hint) {
        return new MisconfiguredException(what + " does not exist in cluster " + cluster + ".", hint);
    }

    private LifeboatException fault(String doing, KubernetesClientException e) {
        String message = "Cannot " + doing + " in cluster " + cluster + ": ";
        int code = e.getCode();
        return switch (code) {
            // What fabric8 gives when there was no answer, or none that could be read.
            case -1, 0 ->
                new KubernetesUnavailableException(
                        message + "the API did not answer (" + rootMessage(e) + ").",
                        "Check the cluster's state with 'aws eks describe-cluster', and that this function's security"
                                + " group may reach the API.",
                        e);
            case 401 ->
                new MisconfiguredException(
                        message + "the API did not accept the token (401).",
                        "Give this function's role an access entry: 'aws eks create-access-entry --cluster-name "
                                + cluster + " --principal-arn <role>'.",
                        e);
            case 403 ->
                new MisconfiguredException(
                        message + "forbidden (403): " + statusMessage(e) + ".",
                        "Grant it to the group of this function's access entry: k8s/rbac.yaml holds the roles.",
                        e);
            case 409 ->
                new KubernetesUnavailableException(
                        message + "it was changed by someone else meanwhile (409).", "Try again.", e);
            default -> byClass(message, code, e);
        };
    }

    private static LifeboatException byClass(String message, int code, KubernetesClientException e) {
        if (code == 408 || code == 429 || code >= 500) {
            return new KubernetesUnavailableException(
                    message + "the API answered " + code + ": " + statusMessage(e) + ".",
                    "It may pass; try again, and check the control plane's health if it does not.",
                    e);
        }
        return new MisconfiguredException(
                message + "the API refused (" + code + "): " + statusMessage(e) + ".",
                "Correct what the message names.",
                e);
    }

    private static String statusMessage(KubernetesClientException e) {
        String text = e.getStatus() == null || e.getStatus().getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getStatus().getMessage();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
