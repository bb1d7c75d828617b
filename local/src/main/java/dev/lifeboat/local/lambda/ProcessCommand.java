package dev.lifeboat.local.lambda;

import dev.lifeboat.local.template.Arns;
import dev.lifeboat.local.template.FunctionResource;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The command line and environment of a function's process. Source: Lambda Developer Guide, "Working with Lambda
 * environment variables", defined runtime environment variables.
 */
final class ProcessCommand {
    private final LambdaSettings settings;
    private final String classpath;
    private final List<String> nativeClient;

    ProcessCommand(LambdaSettings settings) {
        this.settings = settings;
        List<Path> jars = jars(settings.runtime());
        this.classpath = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        this.nativeClient = NativeClient.option(jars, settings.workDirectory().resolve("runtime"));
    }

    ProcessBuilder builder(FunctionResource function, Path task, String runtimeApi) {
        // The runtime interface client finds the zip's classes and lib/*.jar below its working directory.
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + function.memory() * 3 / 4 + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.io.tmpdir=" + temporary()));
        command.addAll(nativeClient);
        if (settings.hosts() != null) {
            // As long as a name may lead elsewhere a moment later, nothing is remembered of it.
            command.addAll(List.of(
                    "-Djdk.net.hosts.file=" + settings.hosts(),
                    "-Dsun.net.inetaddr.ttl=0",
                    "-Dsun.net.inetaddr.negative.ttl=0"));
        }
        command.addAll(List.of(
                "-cp", classpath, "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", function.handler()));
        var builder = new ProcessBuilder(command).directory(task.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(defined(function, task));
        environment.putAll(function.environment());
        environment.putAll(settings.extraEnvironment());
        environment.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        return builder;
    }

    private Map<String, String> defined(FunctionResource function, Path task) {
        return Map.ofEntries(
                Map.entry("PATH", "/usr/local/bin:/usr/bin:/bin"),
                Map.entry("LANG", "en_US.UTF-8"),
                Map.entry("TZ", "UTC"),
                Map.entry("LAMBDA_TASK_ROOT", task.toString()),
                Map.entry("LAMBDA_RUNTIME_DIR", settings.runtime().toString()),
                Map.entry("_HANDLER", function.handler()),
                Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_java25"),
                Map.entry("AWS_REGION", Arns.REGION),
                Map.entry("AWS_DEFAULT_REGION", Arns.REGION),
                Map.entry("AWS_ACCESS_KEY_ID", "AKIDLOCAL"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
                Map.entry("AWS_SESSION_TOKEN", "local"),
                Map.entry("AWS_ENDPOINT_URL", settings.endpoint().toString()),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", function.name()),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", function.alias() == null ? "$LATEST" : "1"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memory())),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name()),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "local"));
    }

    private Path temporary() {
        Path directory = settings.workDirectory().resolve("tmp");
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + directory, e);
        }
    }

    private static List<Path> jars(Path directory) {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "No runtime interface client in " + directory + ". HINT: build it: mvn -DskipTests package", e);
        }
    }
}
