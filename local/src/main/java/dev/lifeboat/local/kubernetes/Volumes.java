package dev.lifeboat.local.kubernetes;

import dev.lifeboat.local.storage.BlockVolume;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Volumes as directories: a claim's outlives its pods, an emptyDir's goes with its pod, a ConfigMap's and a Secret's
 * hold one file for each key.
 */
final class Volumes {
    private final Path root;
    private final TypedObjects objects;
    private final UnprivilegedUser user;
    private final Nodes nodes;
    private final CloudCluster cloud;
    private final Set<String> attached = ConcurrentHashMap.newKeySet();

    /** @param cloud null for none */
    Volumes(Path root, TypedObjects objects, UnprivilegedUser user, Nodes nodes, CloudCluster cloud) {
        this.nodes = nodes;
        this.cloud = cloud;
        this.root = root;
        this.objects = objects;
        this.user = user;
    }

    /** @throws ApiFault when the claim has no volume yet */
    Path claim(String namespace, String claim) {
        return cloud == null
                ? root.resolve("claims").resolve(namespace).resolve(claim)
                : cloud.storage().directory(handle(namespace, claim));
    }

    private String handle(String namespace, String claim) {
        return objects.find(PersistentVolumeClaim.class, namespace, claim)
                .map(found -> found.getSpec().getVolumeName())
                .flatMap(name -> objects.find(PersistentVolume.class, null, name))
                .map(volume -> volume.getSpec().getCsi().getVolumeHandle())
                .orElseThrow(() -> ApiFault.invalid("pod has unbound immediate PersistentVolumeClaims: " + claim));
    }

    /** Mounted on a node of the volume's zone alone, once the volume is there. */
    private void attach(String handle) {
        BlockVolume volume = cloud.storage()
                .volume(handle)
                .orElseThrow(() -> ApiFault.invalid("AttachVolume.Attach failed: volume " + handle + " not found"));
        if (!nodes.in(volume.zone())) {
            throw ApiFault.invalid("0/1 nodes are available: 1 node(s) had volume node affinity conflict");
        }
        cloud.storage().attach(handle, true);
        if (attached.add(handle)) {
            removeLocks(cloud.storage().directory(handle));
        }
    }

    /**
     * A pod has a PID namespace of its own, so that the process that a lock file names is never there when the volume comes to another
     * cluster. On this machine it may be: the other cluster's pod.
     */
    private static void removeLocks(Path volume) {
        try (Stream<Path> files = Files.exists(volume) ? Files.walk(volume, 2) : Stream.empty()) {
            for (Path file :
                    files.filter(each -> each.endsWith("postmaster.pid")).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look for lock files in the volume " + volume, e);
        }
    }

    /** The nodes are gone. */
    void detachAll() {
        attached.forEach(handle -> cloud.storage().attach(handle, false));
        attached.clear();
    }

    /** Whether a pod of this cluster has the volume. */
    boolean has(String handle) {
        return attached.contains(handle);
    }

    /** Where the container's mount paths lie on this machine; creates what is not there. */
    Map<String, Path> mounts(Pod pod, Container container) {
        Map<String, Path> mounts = new HashMap<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            Volume volume = pod.getSpec().getVolumes().stream()
                    .filter(candidate -> candidate.getName().equals(mount.getName()))
                    .findFirst()
                    .orElseThrow(
                            () -> ApiFault.invalid("spec.containers.volumeMounts.name: Not found: " + mount.getName()));
            Path directory = directory(pod, volume);
            String subPath = mount.getSubPath();
            mounts.put(mount.getMountPath(), subPath == null ? directory : directory.resolve(subPath));
        }
        return mounts;
    }

    private Path directory(Pod pod, Volume volume) {
        String namespace = pod.getMetadata().getNamespace();
        Path own = podVolumes(pod).resolve(volume.getName());
        if (volume.getPersistentVolumeClaim() != null) {
            String claim = volume.getPersistentVolumeClaim().getClaimName();
            if (cloud != null) {
                attach(handle(namespace, claim));
            }
            return created(claim(namespace, claim));
        }
        if (volume.getEmptyDir() != null) {
            return created(own);
        }
        if (volume.getConfigMap() != null) {
            ConfigMap map = objects.find(
                            ConfigMap.class, namespace, volume.getConfigMap().getName())
                    .orElseThrow(() -> ApiFault.invalid(
                            "configmap \"" + volume.getConfigMap().getName() + "\" not found"));
            return files(own, map.getData() == null ? Map.of() : map.getData());
        }
        if (volume.getSecret() != null) {
            Secret secret = objects.find(
                            Secret.class, namespace, volume.getSecret().getSecretName())
                    .orElseThrow(() ->
                            ApiFault.invalid("secret \"" + volume.getSecret().getSecretName() + "\" not found"));
            return files(own, secrets(secret));
        }
        if (volume.getProjected() != null) {
            return files(own, projected(pod, volume));
        }
        throw ApiFault.notImplemented("the kind of volume " + volume.getName());
    }

    private Map<String, String> projected(Pod pod, Volume volume) {
        Map<String, String> values = new HashMap<>();
        for (VolumeProjection source : volume.getProjected().getSources()) {
            if (source.getServiceAccountToken() != null) {
                String account = pod.getSpec().getServiceAccountName();
                values.put(
                        source.getServiceAccountToken().getPath(),
                        objects.token(pod.getMetadata().getNamespace(), account == null ? "default" : account));
            } else if (source.getConfigMap() != null) {
                String name = source.getConfigMap().getName();
                ConfigMap map = objects.find(ConfigMap.class, pod.getMetadata().getNamespace(), name)
                        .orElseThrow(() -> ApiFault.invalid("configmap \"" + name + "\" not found"));
                source.getConfigMap()
                        .getItems()
                        .forEach(
                                item -> values.put(item.getPath(), map.getData().get(item.getKey())));
            } else if (source.getDownwardAPI() != null) {
                source.getDownwardAPI()
                        .getItems()
                        .forEach(item -> values.put(
                                item.getPath(),
                                ContainerEnvironment.field(
                                        pod, item.getFieldRef().getFieldPath())));
            } else {
                throw ApiFault.notImplemented("a source of the projected volume " + volume.getName());
            }
        }
        return values;
    }

    /** A Secret's values in clear. */
    static Map<String, String> secrets(Secret secret) {
        Map<String, String> values = new HashMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            values.put(key, new String(Base64.getMimeDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        if (secret.getStringData() != null) {
            values.putAll(secret.getStringData());
        }
        return values;
    }

    private Path created(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                user.own(directory);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the volume " + directory, e);
        }
    }

    private Path files(Path directory, Map<String, String> content) {
        created(directory);
        content.forEach((name, text) -> {
            try {
                user.own(Files.writeString(directory.resolve(name), text));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + name + " into the volume " + directory, e);
            }
        });
        return directory;
    }

    void deletePodVolumes(Pod pod) {
        deleteTree(podVolumes(pod));
    }

    /** Short, because a Unix socket's path is limited to 107 bytes. */
    private Path podVolumes(Pod pod) {
        return root.resolve("pods").resolve(pod.getMetadata().getUid().substring(0, 8));
    }

    /** Deletes whatever a claim holds, and the directory itself. */
    void deleteClaim(String namespace, String claim) {
        deleteTree(claim(namespace, claim));
    }

    static void deleteTree(Path directory) {
        // A process that is going down still writes and unlinks: look again until nothing is left.
        for (int attempt = 0; Files.exists(directory); attempt++) {
            try (Stream<Path> tree = Files.walk(directory)) {
                List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException | UncheckedIOException e) {
                if (attempt == 20) {
                    throw new IllegalStateException("Cannot delete " + directory, e);
                }
            }
        }
    }
}
