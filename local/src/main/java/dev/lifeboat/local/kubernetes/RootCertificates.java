package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Puts what a pod has to trust of the API server into every namespace.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#verifying-and-inspecting-private-claims">
 *     Managing service accounts: kube-root-ca.crt</a>
 */
final class RootCertificates implements Controller {
    static final String NAME = "kube-root-ca.crt";

    private final TypedObjects objects;
    private final Supplier<String> authority;

    /** @param authority PEM */
    RootCertificates(TypedObjects objects, Supplier<String> authority) {
        this.objects = objects;
        this.authority = authority;
    }

    @Override
    public void reconcile() {
        for (Namespace namespace : objects.list(Namespace.class)) {
            String name = namespace.getMetadata().getName();
            if (objects.find(ConfigMap.class, name, NAME).isEmpty()) {
                objects.create(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(name)
                        .withName(NAME)
                        .endMetadata()
                        .withData(Map.of("ca.crt", authority.get()))
                        .build());
            }
        }
    }
}
