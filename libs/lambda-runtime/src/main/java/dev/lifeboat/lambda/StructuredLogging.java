package dev.lifeboat.lambda;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;

/** Turns the function's log into {@link JsonLines}, as early as Quarkus lets us. */
@ApplicationScoped
public class StructuredLogging {
    void start(@Observes @Priority(1) StartupEvent event) {
        apply(Logger.getLogger("").getHandlers());
    }

    private static void apply(Handler... handlers) {
        for (Handler handler : handlers) {
            // Quarkus hangs the console's handler below one of its own.
            if (handler instanceof ExtHandler parent && parent.getHandlers().length > 0) {
                apply(parent.getHandlers());
            } else {
                handler.setFormatter(new JsonLines());
            }
        }
    }
}
