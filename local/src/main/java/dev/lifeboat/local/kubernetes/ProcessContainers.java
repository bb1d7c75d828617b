package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Containers as processes of this machine: the manifest's command, environment and volumes, with the image's programs
 * found in this repository.
 */
final class ProcessContainers implements ContainerStarter {
    /** Where the image holds this repository's scripts. */
    static final String IMAGE_PROGRAMS = "/opt/lifeboat/bin/";

    private final ImageFiles image;
    private final Volumes volumes;
    private final ContainerEnvironment environments;
    private final UnprivilegedUser user;
    private final Path logs;
    private final Supplier<Map<String, String>> identity;
    private final String init;

    /** @param identity what Pod Identity gives a pod: credentials, region and endpoint of AWS */
    ProcessContainers(
            ImageFiles image,
            Volumes volumes,
            ContainerEnvironment environments,
            UnprivilegedUser user,
            Path logs,
            Supplier<Map<String, String>> identity) {
        this.image = image;
        this.volumes = volumes;
        this.environments = environments;
        this.user = user;
        this.logs = logs;
        this.identity = identity;
        this.init = script();
    }

    private static String script() {
        try (InputStream in = ProcessContainers.class.getResourceAsStream("container-init.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RunningContainer start(Pod pod, Container container) {
        Map<String, Path> mounts = volumes.mounts(pod, container);
        Map<String, String> environment = environment(pod, container, mounts);
        boolean workload = TypedObjects.owner(pod)
                .filter(owner -> owner.getKind().equals("StatefulSet"))
                .isPresent();
        ProcessCommand command =
                new ProcessCommand(workload ? user.prefix() : List.of(), environment, image::program, mounts);
        List<String> words = new ArrayList<>(List.of("setsid", "bash", "-c", init, "container-init"));
        words.addAll(command.words(container.getCommand(), container.getArgs()));
        Path log = logFile(pod.getMetadata().getNamespace(), pod.getMetadata().getName(), container.getName());
        try {
            Files.createDirectories(logs);
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(image.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new ProcessContainer(builder.start(), command, pod, container);
        } catch (IOException e) {
            throw ApiFault.invalid("failed to create containerd task: " + e.getMessage());
        }
    }

    Path logFile(String namespace, String pod, String container) {
        return logs.resolve(namespace + "_" + pod + "_" + container + ".log");
    }

    private Map<String, String> environment(Pod pod, Container container, Map<String, Path> mounts) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", image.path());
        environment.put("HOME", image.home(user).toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("TZ", "UTC");
        environment.put("HOSTNAME", pod.getMetadata().getName());
        environment.putAll(identity.get());
        environment.putAll(environments.of(pod, container, mounts));
        String host = environment.get("PGHOST");
        if (host != null && !environment.containsKey("PGHOSTADDR")) {
            String address = environments.addressOf(pod.getMetadata().getNamespace(), host);
            if (address != null) {
                environment.put("PGHOSTADDR", address);
            }
        }
        return environment;
    }
}
