package dev.lifeboat.local.kubernetes;

import static dev.lifeboat.local.kubernetes.ApiEndpoint.APPLY;
import static dev.lifeboat.local.kubernetes.ApiEndpoint.JSON;
import static dev.lifeboat.local.kubernetes.ApiEndpoint.JSON_PATCH;
import static dev.lifeboat.local.kubernetes.ApiEndpoint.MERGE;
import static dev.lifeboat.local.kubernetes.ApiEndpoint.STRATEGIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.local.kubernetes.ApiEndpoint.Answer;
import dev.lifeboat.testsupport.RealKubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the embedded API server answers, to the letter, and a real one of the cluster's version answers, too; the real one's cases are
 * skipped where {@code scripts/kube-apiserver-tools} has not put it.
 */
class ApiConformanceTest {
    /** Whose it is. */
    enum Server {
        EMBEDDED,
        REAL
    }

    /** Every field that has a default is set, so that both servers hold the same. */
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {app: web}}
            spec:
              replicas: 2
              revisionHistoryLimit: 10
              progressDeadlineSeconds: 300
              strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  restartPolicy: Always
                  terminationGracePeriodSeconds: 30
                  dnsPolicy: ClusterFirst
                  schedulerName: default-scheduler
                  securityContext: {}
                  containers:
                    - {name: web, image: "shop/web:1", imagePullPolicy: IfNotPresent, resources: {},
                       terminationMessagePath: /dev/termination-log, terminationMessagePolicy: File,
                       ports: [{name: http, containerPort: 8080, protocol: TCP}, {name: admin, containerPort: 8081, protocol: TCP}],
                       env: [{name: A, value: "1"}, {name: B, value: "2"}, {name: C, value: "3"}]}
                    - {name: log, image: "shop/log:1", imagePullPolicy: IfNotPresent, resources: {},
                       terminationMessagePath: /dev/termination-log, terminationMessagePolicy: File}
            """;

    @TempDir
    static Path directory;

    private static ApiEndpoint embedded;
    private static ApiEndpoint real;

    @BeforeAll
    static void start() {
        embedded = ApiEndpoint.embedded(directory);
        if (RealKubernetes.leftOut(false).isEmpty()) {
            real = ApiEndpoint.real();
        }
    }

    @AfterAll
    static void stop() {
        embedded.close();
        if (real != null) {
            real.close();
        }
    }

    private static ApiEndpoint of(Server server) {
        Optional<String> leftOut = RealKubernetes.leftOut(false);
        assumeTrue(server == Server.EMBEDDED || leftOut.isEmpty(), () -> "left out: " + leftOut.orElse(""));
        return server == Server.EMBEDDED ? embedded : real;
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void isOfTheClustersVersion(Server server) throws IOException {
        Matcher version = Pattern.compile("KubernetesVersion:\\s+Type: String\\s+Default: \"(1\\.[0-9]+)\"")
                .matcher(Files.readString(TestCluster.repository().resolve("config/cloudformation/eks-cluster.yaml")));
        assertThat(version.find()).isTrue();

        Answer answer = of(server).get("/version");

        assertThat(answer.at("/major") + "." + answer.at("/minor")).isEqualTo(version.group(1));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void anUnknownTokenIsNobodys(Server server) {
        Answer answer = of(server).send("nobody", "GET", "/api/v1/nodes", "", "");

        assertThat(answer.code()).isEqualTo(401);
        assertThat(answer.plain()).isEqualTo(failure("Unauthorized, reason: Unauthorized, code: 401"));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aServiceAccountMayWhatItsRolesSay(Server server) {
        ApiEndpoint api = of(server);
        String namespace = api.namespace();
        String token = api.tokenOf(namespace, "default");
        String pods = "/api/v1/namespaces/" + namespace + "/pods";
        String deployments = "/apis/apps/v1/namespaces/" + namespace + "/deployments";
        String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace;
        api.send("POST", rbac + "/roles", JSON, """
                {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: reader},
                 rules: [{apiGroups: [""], resources: [pods], verbs: [list]}]}""");
        api.send("POST", rbac + "/rolebindings", JSON, """
                {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: reader},
                 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader},
                 subjects: [{kind: ServiceAccount, name: default, namespace: %s}]}""".formatted(namespace));

        TestCluster.await(
                "the role to count", () -> api.send(token, "GET", pods, "", "").code() == 200);
        Answer refused = api.send(token, "GET", deployments, "", "");
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.plain()).isEqualTo(failure("""
                'deployments.apps is forbidden: User "system:serviceaccount:%1$s:default" cannot list resource "deployments"
                  in API group "apps" in the namespace "%1$s"',
                reason: Forbidden, details: {group: apps, kind: deployments}, code: 403""".formatted(namespace)));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void anObjectThatIsNotThereIsNotFoundWhateverIsAskedOfIt(Server server) {
        ApiEndpoint api = of(server);
        String namespace = "/api/v1/namespaces/" + api.namespace();
        JsonNode map = failure("""
                'configmaps "ghost" not found', reason: NotFound, details: {name: ghost, kind: configmaps}, code: 404""");
        String ghost = namespace + "/configmaps/ghost";

        assertThat(api.get(ghost).plain()).isEqualTo(map);
        assertThat(api.send("DELETE", ghost, "", "").plain()).isEqualTo(map);
        assertThat(api.send("PATCH", ghost, MERGE, "{data: {a: b}}").plain()).isEqualTo(map);
        assertThat(api.send("PUT", ghost, JSON, "{apiVersion: v1, kind: ConfigMap, metadata: {name: ghost}}")
                        .code())
                .as("a PUT may create")
                .isIn(404, 201);
        assertThat(api.get(namespace.replace("/api/v1", "/apis/apps/v1") + "/deployments/ghost")
                        .plain())
                .isEqualTo(failure("""
                        'deployments.apps "ghost" not found', reason: NotFound,
                        details: {name: ghost, group: apps, kind: deployments}, code: 404"""));
        assertThat(api.get(namespace + "/pods/ghost/log").plain()).isEqualTo(failure("""
                        'pods "ghost" not found', reason: NotFound, details: {name: ghost, kind: pods}, code: 404"""));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void whatIsCreatedIsAnsweredWithAnIdentityAndCannotBeCreatedTwice(Server server) {
        ApiEndpoint api = of(server);
        String namespace = api.namespace();
        String maps = "/api/v1/namespaces/" + namespace + "/configmaps";
        String body = "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {a: b}}";

        Answer created = api.send("POST", maps, JSON, body);
        Answer again = api.send("POST", maps, JSON, body);

        assertThat(created.code()).isEqualTo(201);
        assertThat(created.at("/metadata/uid")).isNotEmpty();
        assertThat(created.at("/metadata/creationTimestamp")).isNotEmpty();
        assertThat(created.plain())
                .isEqualTo(ApiEndpoint.json(body.replace("name: settings", "name: settings, namespace: " + namespace)));
        assertThat(again.code()).isEqualTo(409);
        assertThat(again.plain()).isEqualTo(failure("""
                'configmaps "settings" already exists', reason: AlreadyExists,
                details: {name: settings, kind: configmaps}, code: 409"""));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void whatHasNoNameOrAnotherNamespaceIsRefused(Server server) {
        ApiEndpoint api = of(server);
        String maps = "/api/v1/namespaces/" + api.namespace() + "/configmaps";

        Answer nameless = api.send("POST", maps, JSON, "{apiVersion: v1, kind: ConfigMap, metadata: {}}");
        assertThat(nameless.code()).isEqualTo(422);
        assertThat(nameless.plain()).isEqualTo(failure("""
                'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required', reason: Invalid,
                details: {kind: ConfigMap, causes: [{reason: FieldValueRequired, field: metadata.name,
                  message: 'Required value: name or generateName is required'}]}, code: 422"""));

        Answer elsewhere = api.send(
                "POST", maps, JSON, "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: other}}");
        assertThat(elsewhere.code()).isEqualTo(400);
        assertThat(elsewhere.plain()).isEqualTo(failure("""
                the namespace of the provided object does not match the namespace sent on the request,
                reason: BadRequest, code: 400"""));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void theStringDataOfASecretBecomesData(Server server) {
        ApiEndpoint api = of(server);
        String namespace = api.namespace();

        Answer created = api.send(
                "POST",
                "/api/v1/namespaces/" + namespace + "/secrets",
                JSON,
                "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {password: secret}}");

        assertThat(created.plain()).isEqualTo(ApiEndpoint.json("""
                {apiVersion: v1, kind: Secret, type: Opaque, metadata: {name: s, namespace: %s}, data: {password: c2VjcmV0}}""".formatted(namespace)));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aListNamesItsKindAndItsItemsDoNot(Server server) {
        ApiEndpoint api = of(server);
        String namespace = api.namespace();
        String maps = "/api/v1/namespaces/" + namespace + "/configmaps";
        for (String name : new String[] {"a", "b", "c"}) {
            api.send("POST", maps, JSON, """
                    {apiVersion: v1, kind: ConfigMap, metadata: {name: %s, labels: {app: %s}}}""".formatted(name, name.equals("a") ? "web" : "api"));
        }

        Answer all = api.get(maps + "?labelSelector=app%3Dapi");

        assertThat(all.code()).isEqualTo(200);
        assertThat(all.plain()).isEqualTo(ApiEndpoint.json("""
                {apiVersion: v1, kind: ConfigMapList, metadata: {}, items: [
                  {metadata: {name: b, namespace: %1$s, labels: {app: api}}},
                  {metadata: {name: c, namespace: %1$s, labels: {app: api}}}]}""".formatted(namespace)));
        assertThat(api.get(maps + "?labelSelector=app+notin+(api)").body().path("items"))
                .hasSize(1);
        assertThat(api.get(maps + "?labelSelector=!app").plain().path("items")).isEmpty();
        assertThat(api.get(maps + "?fieldSelector=metadata.name%3Db").body().path("items"))
                .hasSize(1);
        assertThat(api.get("/apis/apps/v1/namespaces/" + namespace + "/deployments")
                        .plain())
                .isEqualTo(ApiEndpoint.json("{apiVersion: apps/v1, kind: DeploymentList, metadata: {}, items: []}"));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void anUnknownFieldSelectorIsRefused(Server server) {
        ApiEndpoint api = of(server);

        Answer answer = api.get("/api/v1/namespaces/" + api.namespace() + "/pods?fieldSelector=spec.colour%3Dred");

        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.plain()).isEqualTo(failure("""
                'field label not supported: spec.colour', reason: BadRequest, code: 400"""));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void whatIsAppliedIsCreatedAndThenMergedAndNothingChangesWhenNothingDoes(Server server) {
        ApiEndpoint api = of(server);
        String namespace = api.namespace();
        String map = "/api/v1/namespaces/" + namespace + "/configmaps/settings";
        String one = "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {a: '1', b: '1'}}";

        Answer nameless = api.send("PATCH", map + "?force=true", APPLY, one);
        assertThat(nameless.code()).isEqualTo(422);
        assertThat(nameless.plain()).isEqualTo(failure("""
                'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
                reason: Invalid, details: {group: meta.k8s.io, kind: PatchOptions, causes: [{reason: FieldValueRequired,
                  message: 'Required value: is required for apply patch', field: fieldManager}]}, code: 422"""));
        Answer created = api.send("PATCH", map + "?fieldManager=one&force=true", APPLY, one);
        assertThat(created.code()).isEqualTo(201);
        assertThat(created.plain())
                .isEqualTo(ApiEndpoint.json(one.replace("name: settings", "name: settings, namespace: " + namespace)));
        Answer same = api.send("PATCH", map + "?fieldManager=one&force=true", APPLY, one);
        assertThat(same.code()).isEqualTo(200);
        assertThat(same.at("/metadata/resourceVersion")).isEqualTo(created.at("/metadata/resourceVersion"));
        Answer changed = api.send("PATCH", map + "?fieldManager=one", APPLY, one.replace("b: '1'", "b: '2'"));
        assertThat(changed.plain().path("data")).isEqualTo(ApiEndpoint.json("{a: '1', b: '2'}"));
        assertThat(changed.at("/metadata/resourceVersion")).isNotEqualTo(same.at("/metadata/resourceVersion"));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void whatIsAppliedNoMoreGoesUnlessAnotherAppliedItToo(Server server) {
        ApiEndpoint api = of(server);
        String map = "/api/v1/namespaces/" + api.namespace() + "/configmaps/settings";
        String start = "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, labels: {of: both}}, data: ";
        api.send("PATCH", map + "?fieldManager=one", APPLY, start + "{a: '1', b: '1', c: '1'}}");
        api.send("PATCH", map + "?fieldManager=two", APPLY, start + "{b: '1', d: '2'}}");
        api.send("PATCH", map, MERGE, "{data: {e: '3'}}");

        Answer left = api.send("PATCH", map + "?fieldManager=one", APPLY, start + "{a: '1'}}");

        assertThat(left.plain().path("data")).isEqualTo(ApiEndpoint.json("{a: '1', b: '1', d: '2', e: '3'}"));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void whatAnotherAppliedIsOverwrittenByForceAlone(Server server) {
        ApiEndpoint api = of(server);
        String map = "/api/v1/namespaces/" + api.namespace() + "/configmaps/settings";
        String start = "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: ";
        api.send("PATCH", map + "?fieldManager=one", APPLY, start + "{a: '1', b: '1'}}");

        Answer refused = api.send("PATCH", map + "?fieldManager=two", APPLY, start + "{a: '2'}}");
        Answer both = api.send("PATCH", map + "?fieldManager=two", APPLY, start + "{a: '2', b: '2'}}");
        Answer forced = api.send("PATCH", map + "?fieldManager=two&force=true", APPLY, start + "{a: '2'}}");
        Answer back = api.send("PATCH", map + "?fieldManager=one", APPLY, start + "{a: '1', b: '1'}}");

        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.plain()).isEqualTo(failure("""
                'Apply failed with 1 conflict: conflict with "one": .data.a', reason: Conflict,
                details: {causes: [{reason: FieldManagerConflict, message: 'conflict with "one"', field: .data.a}]}, code: 409"""));
        assertThat(both.at("/message"))
                .isEqualTo("Apply failed with 2 conflicts: conflicts with \"one\":\n- .data.a\n- .data.b");
        assertThat(forced.plain().path("data")).isEqualTo(ApiEndpoint.json("{a: '2', b: '1'}"));
        assertThat(back.at("/message")).isEqualTo("Apply failed with 1 conflict: conflict with \"two\": .data.a");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aWriteThatIsBasedOnAnOldVersionIsAConflictHoweverItIsMade(Server server) {
        ApiEndpoint api = of(server);
        String path = "/apis/apps/v1/namespaces/" + api.namespace() + "/deployments";
        Answer old = api.send("POST", path, JSON, DEPLOYMENT);
        String version = old.at("/metadata/resourceVersion");
        String web = path + "/web";
        api.send("PATCH", web, MERGE, "{metadata: {annotations: {by: another}}}");
        JsonNode conflict = failure("""
                'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes
                  to the latest version and try again',
                reason: Conflict, details: {name: web, group: apps, kind: deployments}, code: 409""");

        String merge = "{metadata: {resourceVersion: '" + version + "', labels: {a: b}}}";
        assertThat(api.send("PUT", web, JSON, old.body().toString()).plain()).isEqualTo(conflict);
        assertThat(api.send("PATCH", web, MERGE, merge).plain()).isEqualTo(conflict);
        assertThat(api.send("PATCH", web, STRATEGIC, merge).plain()).isEqualTo(conflict);
        assertThat(api.send("PATCH", web, JSON_PATCH, """
                [{op: replace, path: /metadata/resourceVersion, value: '%s'}, {op: add, path: /metadata/labels/a, value: b}]""".formatted(version)).plain())
                .isEqualTo(conflict);
        assertThat(api.send(
                                "PATCH",
                                web + "?fieldManager=one&force=true",
                                APPLY,
                                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, resourceVersion: '"
                                        + version + "', labels: {a: b}}}")
                        .plain())
                .isEqualTo(conflict);
        assertThat(api.get(web).body().at("/metadata/labels/a").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void theGenerationCountsChangesOfTheSpecification(Server server) {
        ApiEndpoint api = of(server);
        String path = "/apis/apps/v1/namespaces/" + api.namespace() + "/deployments";
        assertThat(api.send("POST", path, JSON, DEPLOYMENT).at("/metadata/generation"))
                .isEqualTo("1");
        String web = path + "/web";

        assertThat(api.send("PATCH", web, MERGE, "{metadata: {labels: {a: b}}}").at("/metadata/generation"))
                .isEqualTo("1");
        assertThat(api.send("PATCH", web, MERGE, "{spec: {replicas: 3}}").at("/metadata/generation"))
                .isEqualTo("2");
        Answer status = api.send("PATCH", web + "/status", MERGE, "{status: {replicas: 3}, spec: {replicas: 9}}");
        assertThat(status.at("/metadata/generation")).isEqualTo("2");
        assertThat(status.at("/spec/replicas")).isEqualTo("3");
        assertThat(status.at("/status/replicas")).isEqualTo("3");
        assertThat(api.send("PATCH", web, MERGE, "{status: {replicas: 8}}").at("/status/replicas"))
                .isEqualTo("3");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aStrategicMergeMatchesListsByTheirKeysAndKeepsTheOrder(Server server) {
        ApiEndpoint api = of(server);
        String path = "/apis/apps/v1/namespaces/" + api.namespace() + "/deployments";
        api.send("POST", path, JSON, DEPLOYMENT);

        Answer answer = api.send("PATCH", path + "/web", STRATEGIC, """
                {spec: {template: {
                  metadata: {annotations: {restartedAt: now}},
                  spec: {containers: [
                    {name: web, env: [{name: C, value: "4"}, {name: N, value: "5"}, {name: A, $patch: delete}],
                     ports: [{containerPort: 8081, name: metrics}]},
                    {name: side, image: "shop/side:1", imagePullPolicy: Always, resources: {},
                     terminationMessagePath: /dev/termination-log, terminationMessagePolicy: File}]}}}}""");

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.plain().at("/spec/template/metadata"))
                .isEqualTo(ApiEndpoint.json("{labels: {app: web}, annotations: {restartedAt: now}}"));
        assertThat(answer.plain().at("/spec/template/spec/containers")).isEqualTo(ApiEndpoint.json("""
                [{name: web, image: "shop/web:1", imagePullPolicy: IfNotPresent, resources: {},
                  terminationMessagePath: /dev/termination-log, terminationMessagePolicy: File,
                  ports: [{name: http, containerPort: 8080, protocol: TCP}, {name: metrics, containerPort: 8081, protocol: TCP}],
                  env: [{name: B, value: "2"}, {name: C, value: "4"}, {name: N, value: "5"}]},
                 {name: side, image: "shop/side:1", imagePullPolicy: Always, resources: {},
                  terminationMessagePath: /dev/termination-log, terminationMessagePolicy: File},
                 {name: log, image: "shop/log:1", imagePullPolicy: IfNotPresent, resources: {},
                  terminationMessagePath: /dev/termination-log, terminationMessagePolicy: File}]"""));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aMergePatchReplacesListsAndANullTakesAway(Server server) {
        ApiEndpoint api = of(server);
        String namespace = api.namespace();
        String maps = "/api/v1/namespaces/" + namespace + "/configmaps";
        api.send("POST", maps, JSON, """
                {apiVersion: v1, kind: ConfigMap, data: {a: '1', b: '1'},
                 metadata: {name: settings, finalizers: [example.com/a, example.com/b]}}""");

        Answer answer = api.send(
                "PATCH",
                maps + "/settings",
                MERGE,
                "{metadata: {finalizers: [example.com/c]}, data: {a: null, c: '1'}}");

        assertThat(answer.plain()).isEqualTo(ApiEndpoint.json("""
                {apiVersion: v1, kind: ConfigMap, data: {b: '1', c: '1'},
                 metadata: {name: settings, namespace: %s, finalizers: [example.com/c]}}""".formatted(namespace)));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aPatchThatFitsNotOrIsOfNoKnownTypeIsRefused(Server server) {
        ApiEndpoint api = of(server);
        String maps = "/api/v1/namespaces/" + api.namespace() + "/configmaps";
        api.send("POST", maps, JSON, "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}");

        Answer fitsNot = api.send("PATCH", maps + "/settings", JSON_PATCH, "[{op: remove, path: /data/ghost}]");
        assertThat(fitsNot.code()).isEqualTo(422);
        assertThat(fitsNot.plain()).isEqualTo(failure("""
                the server rejected our request due to an error in our request, reason: Invalid, details: {}, code: 422"""));

        Answer unknown = api.send("PATCH", maps + "/settings", "application/json", "{data: {a: b}}");
        assertThat(unknown.code()).isEqualTo(415);
        assertThat(unknown.plain()).isEqualTo(failure("""
                '415: Unsupported Media Type', reason: UnsupportedMediaType, details: {}, code: 415"""));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void theScaleIsAnObjectOfItsOwn(Server server) {
        ApiEndpoint api = of(server);
        String namespace = api.namespace();
        String path = "/apis/apps/v1/namespaces/" + namespace + "/deployments";
        api.send("POST", path, JSON, DEPLOYMENT);
        String expected = """
                {apiVersion: autoscaling/v1, kind: Scale, metadata: {name: web, namespace: %s}, spec: {replicas: 2},
                 status: {replicas: 0, selector: app=web}}""".formatted(namespace);

        Answer scale = api.get(path + "/web/scale");
        assertThat(scale.plain()).isEqualTo(ApiEndpoint.json(expected));
        assertThat(api.send("PATCH", path + "/web/scale", MERGE, "{spec: {replicas: 0}}")
                        .plain())
                .isEqualTo(ApiEndpoint.json(expected.replace("{replicas: 2}", "{}")));
        assertThat(api.get(path + "/web").at("/spec/replicas")).isEqualTo("0");
        Answer late = api.send("PUT", path + "/web/scale", JSON, scale.body().toString());
        assertThat(late.code()).isEqualTo(409);
        assertThat(late.at("/reason")).isEqualTo("Conflict");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aDeletionHoldsToItsPreconditionsAndSaysWhatWent(Server server) {
        ApiEndpoint api = of(server);
        String namespace = api.namespace();
        String path = "/apis/apps/v1/namespaces/" + namespace + "/deployments";
        String uid = api.send("POST", path, JSON, DEPLOYMENT).at("/metadata/uid");

        Answer refused = api.send(
                "DELETE", path + "/web", JSON, "{apiVersion: v1, kind: DeleteOptions, preconditions: {uid: another}}");
        Answer deleted = api.send("DELETE", path + "/web", "", "");

        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.plain()).isEqualTo(failure("""
                'Operation cannot be fulfilled on Deployment.apps "web": the UID in the precondition (another) does not match the
                  UID in record (%s). The object might have been deleted and then recreated',
                reason: Conflict, details: {name: web, group: apps, kind: Deployment}, code: 409""".formatted(uid)));
        assertThat(deleted.code()).isEqualTo(200);
        assertThat(deleted.at("/details/uid")).isEqualTo(uid);
        assertThat(deleted.plain()).isEqualTo(ApiEndpoint.json("""
                {apiVersion: v1, kind: Status, metadata: {}, status: Success,
                 details: {name: web, group: apps, kind: deployments}}"""));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void anEvictionRespectsTheDisruptionBudget(Server server) {
        ApiEndpoint api = of(server);
        String pods = pods(api, api.namespace());
        pod(api, pods, "web-1", true);
        pod(api, pods, "web-2", false);
        budget(api, pods, "web", 1, 1);

        Answer refused = evict(api, pods, "web-1");
        assertThat(refused.code()).isEqualTo(429);
        assertThat(refused.plain()).isEqualTo(failure("""
                Cannot evict pod as it would violate the pod's disruption budget., reason: TooManyRequests,
                details: {causes: [{reason: DisruptionBudget,
                  message: The disruption budget web needs 1 healthy pods and has 1 currently}]}, code: 429"""));
        assertThat(api.get(pods + "/web-1")
                        .body()
                        .at("/metadata/deletionTimestamp")
                        .isMissingNode())
                .isTrue();

        Answer spare = evict(api, pods, "web-2");
        assertThat(spare.code()).as("one that is not ready").isEqualTo(201);
        assertThat(spare.plain())
                .isEqualTo(
                        ApiEndpoint.json("{apiVersion: v1, kind: Status, metadata: {}, status: Success, code: 201}"));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void anEvictionIsOfOnePodAndNoOther(Server server) {
        ApiEndpoint api = of(server);
        String pods = pods(api, api.namespace());
        String uid = pod(api, pods, "web-1", true);

        assertThat(evict(api, pods, "ghost").plain()).isEqualTo(failure("""
                'pods "ghost" not found', reason: NotFound, details: {name: ghost, kind: pods}, code: 404"""));
        Answer another = api.send("POST", pods + "/web-1/eviction", JSON, """
                {apiVersion: policy/v1, kind: Eviction, metadata: {name: web-1}, deleteOptions: {preconditions: {uid: another}}}""");
        assertThat(another.code()).isEqualTo(409);
        assertThat(another.plain()).isEqualTo(failure("""
                'Operation cannot be fulfilled on Pod "web-1": the UID in the precondition (another) does not match the UID in record
                  (%s). The object might have been deleted and then recreated',
                reason: Conflict, details: {name: web-1, kind: Pod}, code: 409""".formatted(uid)));
        assertThat(evict(api, pods, "web-1").code()).isEqualTo(201);
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aPodOfTwoDisruptionBudgetsIsNotEvicted(Server server) {
        ApiEndpoint api = of(server);
        String pods = pods(api, api.namespace());
        pod(api, pods, "web-1", true);
        budget(api, pods, "one", 0, 1);
        budget(api, pods, "two", 0, 1);

        Answer refused = evict(api, pods, "web-1");

        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.plain()).isEqualTo(failure("""
                'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.', code: 500"""));
        assertThat(api.get(pods + "/web-1")
                        .body()
                        .at("/metadata/deletionTimestamp")
                        .isMissingNode())
                .isTrue();
    }

    private static JsonNode failure(String messageAndMore) {
        return ApiEndpoint.json(
                "{apiVersion: v1, kind: Status, metadata: {}, status: Failure, message: " + messageAndMore + "}");
    }

    private static String pods(ApiEndpoint api, String namespace) {
        String set = api.send("POST", "/apis/apps/v1/namespaces/" + namespace + "/replicasets", JSON, """
                {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web}, spec: {replicas: 2,
                  selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}},
                  spec: {containers: [{name: web, image: shop/web}]}}}}""")
                .at("/metadata/uid");
        assertThat(set).isNotEmpty();
        return "/api/v1/namespaces/" + namespace + "/pods";
    }

    /** A pod that runs, as its kubelet would say. */
    private static String pod(ApiEndpoint api, String pods, String name, boolean ready) {
        String set = api.get(pods.replace("/api/v1", "/apis/apps/v1").replace("/pods", "/replicasets/web"))
                .at("/metadata/uid");
        String uid = api.send("POST", pods, JSON, """
                {apiVersion: v1, kind: Pod, metadata: {name: %s, labels: {app: web}, ownerReferences: [{apiVersion: apps/v1,
                  kind: ReplicaSet, name: web, uid: '%s', controller: true}]}, spec: {nodeName: n1, terminationGracePeriodSeconds: 30,
                  containers: [{name: web, image: shop/web}]}}""".formatted(name, set)).at("/metadata/uid");
        assertThat(api.send("PATCH", pods + "/" + name + "/status", MERGE, """
                {status: {phase: Running, conditions: [{type: Ready, status: '%s'}]}}""".formatted(ready ? "True" : "False"))
                        .code())
                .isEqualTo(200);
        return uid;
    }

    /** A budget with the status that the disruption controller would write; the embedded server counts for itself. */
    private static void budget(ApiEndpoint api, String pods, String name, int least, int healthy) {
        String budgets = pods.replace("/api/v1", "/apis/policy/v1").replace("/pods", "/poddisruptionbudgets");
        assertThat(api.send("POST", budgets, JSON, """
                {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: %s}, spec: {minAvailable: %s,
                  selector: {matchLabels: {app: web}}}}""".formatted(name, least)).code())
                .isEqualTo(201);
        assertThat(api.send("PATCH", budgets + "/" + name + "/status", MERGE, """
                {status: {observedGeneration: 1, disruptionsAllowed: %s, currentHealthy: %s, desiredHealthy: %s, expectedPods: 2}}""".formatted(
                                        healthy - least, healthy, least))
                        .code())
                .isEqualTo(200);
    }

    private static Answer evict(ApiEndpoint api, String pods, String pod) {
        return api.send(
                "POST",
                pods + "/" + pod + "/eviction",
                JSON,
                "{apiVersion: policy/v1, kind: Eviction, metadata: {name: " + pod + "}}");
    }
}
