import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/** Settings, each as name=value -> one OpenSearch node; it ends when its standard input does, and deletes its data. */
public final class OneNode extends Node {
    private static final List<Class<? extends Plugin>> MODULES =
        List.of(Netty4Plugin.class, CommonAnalysisPlugin.class, PainlessPlugin.class, ReindexPlugin.class);

    private OneNode(Settings settings, Collection<Class<? extends Plugin>> modules) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "node"), modules, false);
    }

    public static void main(String[] given) throws Exception {
        Settings.Builder settings = Settings.builder().put("http.type", "netty4").put("transport.type", "netty4");
        for (String one : given) {
            int at = one.indexOf('=');
            settings.put(one.substring(0, at), one.substring(at + 1));
        }
        Node node = new OneNode(settings.build(), new ArrayList<>(MODULES));
        node.start();
        while (System.in.read() >= 0) { }
        node.close();
        if (System.getProperty("pressmark.delete") != null) {
            delete(Path.of(System.getProperty("pressmark.delete")));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path one : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
