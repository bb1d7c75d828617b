package dev.lifeboat.orchestrator.pointintime;

import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.testsupport.RealPostgres;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.util.HashMap;
import java.util.Map;

/** An API that keeps a Service, the live instance that it leads to, and what is made beside that; with real servers in their pods. */
final class TestingInstances implements AutoCloseable {
    private static final String NAMESPACE = "app";
    private static final String LIVE = "postgres";
    private static final Map<String, String> NAME = Map.of("app", LIVE);

    final KubernetesClient client;
    private final KubernetesMockServer api = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);

    TestingInstances() {
        api.init();
        client = api.createClient();
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(LIVE)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(NAME)
                        .endSpec()
                        .build())
                .create();
        client.resource(new StatefulSetBuilder()
                        .withNewMetadata()
                        .withName(LIVE)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewSelector()
                        .withMatchLabels(NAME)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(NAME)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName(LIVE)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    ClusterConnection connection() {
        return new ClusterConnection("cluster", client.getMasterUrl().toString(), null, () -> "token");
    }

    StatefulSet set(String name) {
        return client.apps()
                .statefulSets()
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
    }

    /** The pod that the StatefulSet's controller would make now, in the place of any older one. */
    void startPod(String name, RealPostgres server) {
        StatefulSet set = set(name);
        PodSpec template = set.getSpec().getTemplate().getSpec();
        client.pods().inNamespace(NAMESPACE).withName(name + "-0").delete();
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name + "-0")
                        .withNamespace(NAMESPACE)
                        .withLabels(set.getSpec().getTemplate().getMetadata().getLabels())
                        .endMetadata()
                        .withSpec(new PodSpecBuilder(template)
                                .editFirstContainer()
                                .addNewPort()
                                .withContainerPort(server.port())
                                .endPort()
                                .endContainer()
                                .build())
                        .withNewStatus()
                        .withPhase("Running")
                        .withPodIP(server.host())
                        .endStatus()
                        .build())
                .create();
    }

    /** As at the end of the archive: the server has replayed all that there is, and waits for more. */
    static void standAtTheEnd(RealPostgres server) {
        server.stop();
        Path signal = server.dataDirectory().resolve("standby.signal");
        try {
            Files.createFile(signal);
            Files.getFileAttributeView(signal, FileOwnerAttributeView.class)
                    .setOwner(Files.getOwner(server.dataDirectory()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.startServer();
    }

    @Override
    public void close() {
        client.close();
        api.destroy();
    }
}
