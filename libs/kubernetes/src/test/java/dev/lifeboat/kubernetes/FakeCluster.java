package dev.lifeboat.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Kubernetes API on loopback that keeps what is created; the code under test opens it by endpoint and token. */
final class FakeCluster implements BeforeEachCallback, AfterEachCallback {
    // Held here: the log manager forgets the level of a logger that nobody refers to.
    private static final Logger MOCK_LOG = Logger.getLogger("io.fabric8.mockwebserver");

    static {
        MOCK_LOG.setLevel(Level.WARNING);
    }

    private KubernetesMockServer server;
    private KubernetesClient client;
    private KubernetesAccess access;

    @Override
    public void beforeEach(ExtensionContext context) {
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        server.init();
        client = server.createClient();
        access = KubernetesAccess.open(
                new ClusterConnection("test-eks", client.getMasterUrl().toString(), null, () -> "k8s-aws-v1.token"));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        access.close();
        client.close();
        server.destroy();
    }

    KubernetesAccess access() {
        return access;
    }

    /** The test's own view. */
    KubernetesClient client() {
        return client;
    }

    void create(HasMetadata... resources) {
        for (HasMetadata resource : resources) {
            client.resource(resource).create();
        }
    }
}
