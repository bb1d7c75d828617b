package dev.lifeboat.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.local.kubernetes.ServiceAccountTokens.Account;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a service account may do, by the Roles that RoleBindings of a namespace give it. ClusterRoles are not known: nothing has one.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/">Using RBAC authorization</a>
 */
final class RoleRules {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private final ApiObjects objects;

    RoleRules(ApiObjects objects) {
        this.objects = objects;
    }

    /** @param verb such as {@code list} */
    boolean allow(Account account, String verb, ResourcePath path) {
        return objects.list(collection(path.namespace(), "rolebindings"), binding -> isFor(account, binding)).stream()
                .flatMap(binding -> rules(path.namespace(), binding))
                .anyMatch(rule -> has(rule, "apiGroups", path.group())
                        && has(rule, "resources", path.plural())
                        && has(rule, "verbs", verb)
                        && (rule.path("resourceNames").isEmpty() || has(rule, "resourceNames", path.name())));
    }

    private Stream<JsonNode> rules(String namespace, JsonNode binding) {
        String role = binding.path("roleRef").path("name").asText();
        return objects.find(collection(namespace, "roles").withName(role)).stream()
                .flatMap(found -> stream(found.path("rules")));
    }

    private static boolean isFor(Account account, JsonNode binding) {
        return binding.path("roleRef").path("kind").asText().equals("Role")
                && stream(binding.path("subjects"))
                        .anyMatch(subject -> subject.path("kind").asText().equals("ServiceAccount")
                                && subject.path("name").asText().equals(account.name())
                                && subject.path("namespace").asText().equals(account.namespace()));
    }

    private static boolean has(JsonNode rule, String field, String value) {
        return stream(rule.path(field))
                .map(JsonNode::asText)
                .anyMatch(text -> List.of(value, "*").contains(text));
    }

    private static ResourcePath collection(String namespace, String plural) {
        return new ResourcePath(GROUP, "v1", namespace, plural, "", "");
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
