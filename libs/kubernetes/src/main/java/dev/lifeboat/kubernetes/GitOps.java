package dev.lifeboat.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/**
 * The signs that a GitOps controller leaves on what it manages.
 *
 * <p>Argo CD, "Resource tracking": the annotation {@code tracking-id}, or the label {@code argocd.argoproj.io/instance}. Its default
 * label {@code app.kubernetes.io/instance} is everybody's, and no sign. Flux, "Kustomization" and "HelmRelease": labels with the object's name.
 */
final class GitOps {
    private static final String ARGO_ANNOTATION = "argocd.argoproj.io/tracking-id";
    private static final String ARGO_LABEL = "argocd.argoproj.io/instance";
    private static final String FLUX_KUSTOMIZATION = "kustomize.toolkit.fluxcd.io/name";
    private static final String FLUX_HELM = "helm.toolkit.fluxcd.io/name";

    private GitOps() {}

    /** In words; null when there is no sign. */
    static String managerOf(HasMetadata object) {
        Map<String, String> labels = Revisions.orEmpty(object.getMetadata().getLabels());
        Map<String, String> annotations = Revisions.orEmpty(object.getMetadata().getAnnotations());
        if (annotations.containsKey(ARGO_ANNOTATION)) {
            return "Argo CD (" + annotations.get(ARGO_ANNOTATION).split(":", 2)[0] + ")";
        }
        if (labels.containsKey(ARGO_LABEL)) {
            return "Argo CD (" + labels.get(ARGO_LABEL) + ")";
        }
        if (labels.containsKey(FLUX_KUSTOMIZATION)) {
            return "Flux (Kustomization " + labels.get(FLUX_KUSTOMIZATION) + ")";
        }
        return labels.containsKey(FLUX_HELM) ? "Flux (HelmRelease " + labels.get(FLUX_HELM) + ")" : null;
    }
}
