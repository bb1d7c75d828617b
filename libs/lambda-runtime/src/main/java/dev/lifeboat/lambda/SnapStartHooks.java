package dev.lifeboat.lambda;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jboss.logging.Logger;

/**
 * Primes every {@link Primed} bean before a snapshot, through the CRaC API. Follows "Implement code before or after Lambda
 * function snapshots" of the AWS Lambda developer guide. The bean is application scoped and so strongly held: CRaC's context holds
 * its resources weakly.
 */
@ApplicationScoped
public class SnapStartHooks {
    private static final Logger LOG = Logger.getLogger(SnapStartHooks.class);

    private final Iterable<Primed> beans;
    private final Resource hook = new Hook();

    @Inject
    SnapStartHooks(@Any Instance<Primed> beans) {
        this.beans = beans;
    }

    SnapStartHooks(Iterable<Primed> beans) {
        this.beans = beans;
    }

    void start(@Observes StartupEvent event) {
        Core.getGlobalContext().register(hook);
    }

    Resource hook() {
        return hook;
    }

    private final class Hook implements Resource {
        @Override
        public void beforeCheckpoint(Context<? extends Resource> context) {
            for (Primed bean : beans) {
                prime(bean);
            }
        }

        @Override
        public void afterRestore(Context<? extends Resource> context) {
            // Nothing to mend: prime() lets go of everything that could be stale, and it is made again at its first
            // use.
        }

        private void prime(Primed bean) {
            try {
                bean.prime();
            } catch (RuntimeException e) {
                // A function that starts cold is better than a version that cannot be published.
                LOG.warnf(
                        e,
                        "Priming %s failed; the function will start slower",
                        bean.getClass().getName());
            }
        }
    }
}
