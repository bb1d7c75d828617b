package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the API server knows of the kinds of objects that it holds: of each its strategy, in Kubernetes' words. */
final class Kinds {
    private static final Map<String, String> BY_PLURAL = List.<Class<? extends HasMetadata>>of(
                    ConfigMap.class,
                    Event.class,
                    Namespace.class,
                    Node.class,
                    PersistentVolume.class,
                    PersistentVolumeClaim.class,
                    Pod.class,
                    Secret.class,
                    Service.class,
                    ServiceAccount.class,
                    Deployment.class,
                    ReplicaSet.class,
                    StatefulSet.class,
                    HorizontalPodAutoscaler.class,
                    CronJob.class,
                    Job.class,
                    Ingress.class,
                    NetworkPolicy.class,
                    PodDisruptionBudget.class,
                    ClusterRole.class,
                    ClusterRoleBinding.class,
                    Role.class,
                    RoleBinding.class,
                    StorageClass.class)
            .stream()
            .collect(Collectors.toUnmodifiableMap(
                    type -> ResourcePath.of(type, "", "").qualifiedPlural(), HasMetadata::getKind));

    /** Those whose specification has a generation. */
    private static final Set<String> GENERATED = Set.of(
            "pods",
            "deployments.apps",
            "replicasets.apps",
            "statefulsets.apps",
            "jobs.batch",
            "cronjobs.batch",
            "ingresses.networking.k8s.io",
            "networkpolicies.networking.k8s.io",
            "poddisruptionbudgets.policy");

    /** Those of which a deletion answers with the object; the others', with a status. */
    private static final Set<String> RETURNED = Set.of(
            "pods",
            "services",
            "serviceaccounts",
            "persistentvolumeclaims",
            "persistentvolumes",
            "namespaces",
            "storageclasses.storage.k8s.io");

    private Kinds() {}

    /** @throws ApiFault with 501 when it holds no such objects */
    static String of(ResourcePath path) {
        String kind = BY_PLURAL.get(path.qualifiedPlural());
        if (kind == null) {
            throw ApiFault.notImplemented("the resource " + path.qualifiedPlural());
        }
        return kind;
    }

    static boolean haveGeneration(ResourcePath path) {
        return GENERATED.contains(path.qualifiedPlural());
    }

    static boolean areReturnedWhenDeleted(ResourcePath path) {
        return RETURNED.contains(path.qualifiedPlural());
    }
}
