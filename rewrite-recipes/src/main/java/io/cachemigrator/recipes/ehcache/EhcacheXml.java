package io.cachemigrator.recipes.ehcache;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Finds in an {@code ehcache.xml} what the new caches cannot keep. */
final class EhcacheXml {
    private static final Set<String> KEPT = Set.of(
            "name",
            "maxEntriesLocalHeap",
            "maxElementsInMemory",
            "eternal",
            "timeToIdleSeconds",
            "timeToLiveSeconds",
            "clearOnFlush",
            "memoryStoreEvictionPolicy",
            "statistics",
            "logging",
            "diskExpiryThreadIntervalSeconds",
            "diskSpoolBufferSizeMB",
            "diskAccessStripes",
            "maxElementsOnDisk",
            "maxEntriesLocalDisk");
    private static final Set<String> NUMBERS =
            Set.of("maxEntriesLocalHeap", "maxElementsInMemory", "timeToIdleSeconds", "timeToLiveSeconds");
    private static final Map<String, String> OFF = Map.of(
            "overflowToDisk", "false",
            "diskPersistent", "false",
            "overflowToOffHeap", "false",
            "copyOnRead", "false",
            "copyOnWrite", "false",
            "transactionalMode", "off",
            "cacheLoaderTimeoutMillis", "0",
            "maxEntriesInCache", "0");
    private static final Set<String> OF_ROOT = Set.of("name", "updateCheck", "monitoring");

    private EhcacheXml() {}

    /** What a configuration has that cannot be kept, in words after its name; null when all of it can. */
    static @Nullable String problem(String text) {
        Element root;
        try {
            root = parse(text);
        } catch (SAXException | ParserConfigurationException | IOException e) {
            return "cannot be read (" + e.getMessage() + ")";
        }
        String problem =
                root.getTagName().equals("ehcache") ? ofRoot(root) : "has the root <" + root.getTagName() + ">";
        for (Node child = root.getFirstChild(); child != null && problem == null; child = child.getNextSibling()) {
            problem = child instanceof Element element ? ofChild(element) : null;
        }
        return problem;
    }

    private static Element parse(String text) throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new DefaultHandler());
        return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
    }

    private static @Nullable String ofRoot(Element root) {
        NamedNodeMap attributes = root.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            String name = attribute.getName();
            boolean known = OF_ROOT.contains(name)
                    || name.startsWith("xmlns")
                    || name.startsWith("xsi:")
                    || (name.equals("dynamicConfig") && attribute.getValue().equals("true"));
            if (!known) {
                return "has " + attribute;
            }
        }
        return null;
    }

    private static @Nullable String ofChild(Element child) {
        boolean nothing = child.getTagName().equals("cacheManagerEventListenerFactory")
                && child.getAttribute("class").isEmpty();
        if (child.getTagName().equals("diskStore") || nothing) {
            return null;
        }
        boolean cache = child.getTagName().equals("cache") || child.getTagName().equals("defaultCache");
        return cache ? ofCache(child) : "has <" + child.getTagName() + ">";
    }

    private static @Nullable String ofCache(Element cache) {
        if (cache.getTagName().equals("cache") && cache.getAttribute("name").isBlank()) {
            return "has a cache without a name";
        }
        NamedNodeMap attributes = cache.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            String off = OFF.get(attribute.getName());
            boolean kept = KEPT.contains(attribute.getName())
                    || (off != null && off.equalsIgnoreCase(attribute.getValue().strip()));
            boolean placeholder = attribute.getValue().contains("${");
            boolean clock = attribute.getName().equals("memoryStoreEvictionPolicy")
                    && attribute.getValue().strip().equalsIgnoreCase("CLOCK");
            boolean number = !NUMBERS.contains(attribute.getName())
                    || attribute.getValue().strip().matches("\\d{1,18}");
            if (!kept || placeholder || clock || !number) {
                return "has " + attribute;
            }
        }
        for (Node child = cache.getFirstChild(); child != null; child = child.getNextSibling()) {
            boolean harmless = !(child instanceof Element element)
                    || (element.getTagName().equals("persistence")
                            && element.getAttribute("strategy").equalsIgnoreCase("none"));
            if (!harmless) {
                return "has <" + child.getNodeName() + ">";
            }
        }
        return null;
    }
}
