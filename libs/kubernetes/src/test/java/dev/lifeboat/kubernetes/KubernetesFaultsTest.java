package dev.lifeboat.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.MisconfiguredException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubernetesFaultsTest {
    private static final String SERVICE = "GET /api/v1/namespaces/shop/services/postgres";
    private static final String PODS = "GET /api/v1/namespaces/shop/pods";

    private final WireCluster wire = new WireCluster();
    private final KubernetesAccess access = wire.open();

    @AfterEach
    void close() {
        access.close();
        wire.close();
    }

    @Test
    void theNewestPodIsTheOneThatWasCreatedLastWhateverTheOrderOfTheList() {
        wire.on(SERVICE, 200, service()).on(PODS, 200, """
                {"kind":"PodList","apiVersion":"v1","metadata":{},"items":[%s,%s,%s]}""".formatted(
                        pod("z", "2026-11-23T09:59:59Z", "10.0.0.1"),
                        pod("a", "2026-11-23T10:00:02Z", "10.0.0.2"),
                        pod("m", "2026-11-23T10:00:01Z", "10.0.0.3")));

        PostgresEndpoint endpoint = access.postgres().locate("shop", "postgres");

        assertThat(endpoint).isEqualTo(new PostgresEndpoint("10.0.0.2", 5432, "a", "uid-a"));
        assertThat(wire.requests().get(0)).startsWith(SERVICE + " Bearer k8s-aws-v1.token");
    }

    @Test
    void aTokenThatIsNotAcceptedIsAMisconfigurationThatSaysHowToGrantAccess() {
        wire.on(SERVICE, 401, status(401, "Unauthorized"));

        assertThat(locating(MisconfiguredException.class))
                .isEqualTo("Cannot read Service shop/postgres in cluster test-eks: the API did not accept the token"
                        + " (401). HINT: Give this function's role an access entry: 'aws eks create-access-entry"
                        + " --cluster-name test-eks --principal-arn <role>'.");
    }

    @Test
    void forbiddenIsAMisconfigurationInTheServersOwnWords() {
        wire.on(SERVICE, 403, status(403, "services is forbidden: User cannot get resource"));

        assertThat(locating(MisconfiguredException.class))
                .isEqualTo("Cannot read Service shop/postgres in cluster test-eks: forbidden (403): services is"
                        + " forbidden: User cannot get resource. HINT: Grant it to the group of this function's access"
                        + " entry: k8s/rbac.yaml holds the roles.");
    }

    @Test
    void anOverloadedApiIsAskedAgainAndThenRetryable() {
        wire.on(SERVICE, 503, status(503, "etcd leader changed"));

        assertThat(locating(KubernetesUnavailableException.class))
                .isEqualTo("Cannot read Service shop/postgres in cluster test-eks: the API answered 503: etcd leader"
                        + " changed. HINT: It may pass; try again, and check the control plane's health if it does"
                        + " not.");
        assertThat(wire.requests()).hasSize(3);
    }

    @Test
    void aConnectionThatIsDroppedIsRetryable() {
        wire.on(SERVICE, 0, "");

        assertThat(locating(KubernetesUnavailableException.class))
                .startsWith("Cannot read Service shop/postgres in cluster test-eks: the API did not answer (")
                .endsWith("HINT: Check the cluster's state with 'aws eks describe-cluster', and that this function's"
                        + " security group may reach the API.");
    }

    @Test
    void anApiThatIsNotThereIsRetryable() {
        wire.close();

        assertThat(locating(KubernetesUnavailableException.class))
                .startsWith("Cannot read Service shop/postgres in cluster test-eks: the API did not answer (");
    }

    @Test
    void anAnswerThatIsNoJsonIsRetryable() {
        wire.on(SERVICE, 200, "<html>gateway</html>");

        assertThat(locating(KubernetesUnavailableException.class))
                .startsWith("Cannot read Service shop/postgres in cluster test-eks: ");
    }

    private <E extends LifeboatException> String locating(Class<E> expected) {
        String[] message = new String[1];
        assertThatExceptionOfType(expected)
                .isThrownBy(() -> access.postgres().locate("shop", "postgres"))
                .satisfies(e -> message[0] = e.getMessage());
        return message[0];
    }

    private static String service() {
        return """
                {"kind":"Service","apiVersion":"v1","metadata":{"namespace":"shop","name":"postgres"},
                 "spec":{"selector":{"app":"postgres"},"ports":[{"port":5432}]}}""";
    }

    private static String pod(String name, String createdAt, String ip) {
        return """
                {"kind":"Pod","apiVersion":"v1",
                 "metadata":{"namespace":"shop","name":"%1$s","uid":"uid-%1$s","creationTimestamp":"%2$s"},
                 "status":{"podIP":"%3$s","phase":"Running"}}""".formatted(name, createdAt, ip);
    }

    private static String status(int code, String message) {
        return """
                {"kind":"Status","apiVersion":"v1","status":"Failure","code":%d,"message":"%s"}""".formatted(code, message);
    }
}
