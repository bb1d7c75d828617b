package dev.lifeboat.local.s3;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The main class of the S3 server's process. S3Mock opens a second connector that no setting binds to an address, so it
 * would listen to the whole network: this gives it the loopback address before it starts. By reflection, because the
 * server's classes (Spring, Tomcat) are on the path of that process alone.
 */
public final class S3ServerMain {
    /** What stands before the port in the line that tells that the server is ready. */
    static final String READY = "S3 server listens on 127.0.0.1:";

    private static final String APPLICATION = "com.adobe.testing.s3mock.S3MockApplication";

    private S3ServerMain() {}

    /** @param arguments the server's own */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Class<?> hookType = Class.forName("org.springframework.boot.SpringApplicationHook");
        Object hook = proxy(hookType, (method, values) -> {
            addInitializer(values[0]);
            return null;
        });
        Class.forName("org.springframework.boot.SpringApplication")
                .getMethod("withHook", hookType, Runnable.class)
                .invoke(null, hook, (Runnable) () -> start(arguments));
    }

    private static void start(String[] arguments) {
        try {
            Class<?> type = Class.forName(APPLICATION);
            String[] all = Stream.concat(
                            Arrays.stream(arguments),
                            Stream.of(
                                    "--server.address=127.0.0.1",
                                    "--server.port=0",
                                    "--http.port=0",
                                    "--server.ssl.enabled=false"))
                    .toArray(String[]::new);
            Object server = type.getMethod("start", String[].class).invoke(null, (Object) all);
            System.out.println(READY + type.getMethod("getPort").invoke(server));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot start the S3 server", e);
        }
    }

    private static void addInitializer(Object application) throws ReflectiveOperationException {
        Class<?> type = Class.forName("org.springframework.context.ApplicationContextInitializer");
        Object initializer = proxy(type, (method, values) -> {
            addPostProcessor(values[0]);
            return null;
        });
        Object array = Array.newInstance(type, 1);
        Array.set(array, 0, initializer);
        application.getClass().getMethod("addInitializers", array.getClass()).invoke(application, array);
    }

    private static void addPostProcessor(Object context) throws ReflectiveOperationException {
        Class<?> type = Class.forName("org.springframework.beans.factory.config.BeanPostProcessor");
        Object processor = proxy(type, (method, values) -> {
            if (method.getName().equals("postProcessBeforeInitialization")) {
                bindToLoopback(values[0]);
            }
            return values[0];
        });
        Object factory = Class.forName("org.springframework.context.ConfigurableApplicationContext")
                .getMethod("getBeanFactory")
                .invoke(context);
        Class.forName("org.springframework.beans.factory.config.ConfigurableBeanFactory")
                .getMethod("addBeanPostProcessor", type)
                .invoke(factory, processor);
    }

    private static void bindToLoopback(Object bean) throws ReflectiveOperationException {
        if (bean.getClass().getName().equals("org.apache.catalina.connector.Connector")) {
            bean.getClass().getMethod("setProperty", String.class, String.class).invoke(bean, "address", "127.0.0.1");
        }
    }

    private interface Call {
        Object on(Method method, Object[] values) throws ReflectiveOperationException;
    }

    private static Object proxy(Class<?> type, Call call) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == values[0];
                    case "toString" -> "loopback only";
                    default -> call.on(method, values);
                });
    }
}
