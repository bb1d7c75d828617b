package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container's environment, from its manifest: values, references to Secrets, ConfigMaps and the pod's own fields,
 * {@code $(NAME)}, and mount paths replaced by the directories that stand for the volumes.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/">
 *     Environment variables for a container</a>
 */
final class ContainerEnvironment {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");

    private final TypedObjects objects;

    ContainerEnvironment(TypedObjects objects) {
        this.objects = objects;
    }

    Map<String, String> of(Pod pod, Container container, Map<String, Path> mounts) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvFromSource source : container.getEnvFrom()) {
            environment.putAll(all(pod, source));
        }
        for (EnvVar variable : container.getEnv()) {
            String value = variable.getValueFrom() == null
                    ? expand(variable.getValue(), environment)
                    : from(pod, variable.getValueFrom());
            if (value != null) {
                environment.put(variable.getName(), localised(value, mounts));
            }
        }
        return environment;
    }

    /** {@code $(NAME)} replaced by the variable's value, where there is one. */
    static String expand(String text, Map<String, String> environment) {
        if (text == null) {
            return "";
        }
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(environment.getOrDefault(match.group(1), match.group())));
    }

    /** A path below a mount path, as a path below the directory that stands for the volume; other text as it is. */
    static String localised(String text, Map<String, Path> mounts) {
        return mounts.keySet().stream()
                .filter(mount -> text.equals(mount) || text.startsWith(mount + "/"))
                .max(Comparator.comparingInt(String::length))
                .map(mount -> mounts.get(mount) + text.substring(mount.length()))
                .orElse(text);
    }

    /** The address of a pod behind the Service, which cluster DNS would give; null when the host is no Service. */
    String addressOf(String namespace, String host) {
        String[] parts = host.split("\\.", -1);
        return objects.find(Service.class, parts.length > 1 ? parts[1] : namespace, parts[0])
                .map(
                        service -> objects
                                .selected(
                                        Pod.class,
                                        service.getMetadata().getNamespace(),
                                        service.getSpec().getSelector())
                                .stream()
                                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                                .map(pod -> pod.getStatus() == null
                                        ? null
                                        : pod.getStatus().getPodIP())
                                .filter(ip -> ip != null && !ip.isEmpty())
                                .findFirst()
                                .orElse(null))
                .orElse(null);
    }

    private Map<String, String> all(Pod pod, EnvFromSource source) {
        if (source.getConfigMapRef() != null) {
            return configMap(pod, source.getConfigMapRef().getName());
        }
        if (source.getSecretRef() != null) {
            return secret(pod, source.getSecretRef().getName());
        }
        throw ApiFault.notImplemented("an envFrom without configMapRef and secretRef");
    }

    private String from(Pod pod, EnvVarSource source) {
        if (source.getSecretKeyRef() != null) {
            String name = source.getSecretKeyRef().getName();
            boolean optional = Boolean.TRUE.equals(source.getSecretKeyRef().getOptional());
            return key(
                    optional ? secretOrNothing(pod, name) : secret(pod, name),
                    source.getSecretKeyRef().getKey(),
                    name,
                    optional);
        }
        if (source.getConfigMapKeyRef() != null) {
            String name = source.getConfigMapKeyRef().getName();
            boolean optional = Boolean.TRUE.equals(source.getConfigMapKeyRef().getOptional());
            return key(
                    optional ? configMapOrNothing(pod, name) : configMap(pod, name),
                    source.getConfigMapKeyRef().getKey(),
                    name,
                    optional);
        }
        if (source.getFieldRef() != null) {
            return field(pod, source.getFieldRef().getFieldPath());
        }
        throw ApiFault.notImplemented("a valueFrom without secretKeyRef, configMapKeyRef and fieldRef");
    }

    private static String key(Map<String, String> values, String key, String name, boolean optional) {
        String value = values.get(key);
        if (value == null && !optional) {
            throw ApiFault.invalid("couldn't find key " + key + " in " + name);
        }
        return value;
    }

    static String field(Pod pod, String path) {
        return switch (path) {
            case "status.podIP" -> pod.getStatus().getPodIP();
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "status.hostIP" -> "127.0.0.1";
            default -> throw ApiFault.notImplemented("the fieldPath " + path);
        };
    }

    private Map<String, String> secret(Pod pod, String name) {
        return objects.find(Secret.class, pod.getMetadata().getNamespace(), name)
                .map(Volumes::secrets)
                .orElseThrow(() -> ApiFault.invalid("secret \"" + name + "\" not found"));
    }

    private Map<String, String> secretOrNothing(Pod pod, String name) {
        return objects.find(Secret.class, pod.getMetadata().getNamespace(), name)
                .map(Volumes::secrets)
                .orElse(Map.of());
    }

    private Map<String, String> configMap(Pod pod, String name) {
        return objects.find(ConfigMap.class, pod.getMetadata().getNamespace(), name)
                .map(map -> map.getData() == null ? Map.<String, String>of() : map.getData())
                .orElseThrow(() -> ApiFault.invalid("configmap \"" + name + "\" not found"));
    }

    private Map<String, String> configMapOrNothing(Pod pod, String name) {
        return objects.find(ConfigMap.class, pod.getMetadata().getNamespace(), name)
                .map(map -> map.getData() == null ? Map.<String, String>of() : map.getData())
                .orElse(Map.of());
    }
}
