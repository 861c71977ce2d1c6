package io.cachemigrator.cache.element;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads an {@code ehcache.xml}. What it cannot keep makes it fail, so that no cache is quietly another one.
 *
 * @param name of the caches; null when the file gives none
 * @param template of caches that are made by name only; null when the file has none
 * @param caches what the file declares
 */
record ElementXml(@Nullable String name, @Nullable ElementCacheConfig template, List<ElementCacheConfig> caches) {
    /** Attributes without meaning for a cache in memory. */
    private static final Set<String> IDLE = Set.of(
            "statistics",
            "logging",
            "diskExpiryThreadIntervalSeconds",
            "diskSpoolBufferSizeMB",
            "diskAccessStripes",
            "maxElementsOnDisk",
            "maxEntriesLocalDisk");

    /** Attributes that are kept as long as they have these values, which are the defaults. */
    private static final Map<String, String> OFF = Map.of(
            "overflowToDisk", "false",
            "diskPersistent", "false",
            "overflowToOffHeap", "false",
            "copyOnRead", "false",
            "copyOnWrite", "false",
            "transactionalMode", "off",
            "cacheLoaderTimeoutMillis", "0",
            "maxEntriesInCache", "0");

    static ElementXml read(InputStream input, String where) {
        Element root = parse(input, where).getDocumentElement();
        if (!root.getTagName().equals("ehcache")) {
            throw refused(where, "its root is <" + root.getTagName() + ">", "Give a file of Ehcache 2.");
        }
        for (Attr attribute : attributes(root)) {
            boolean known = Set.of("name", "updateCheck", "monitoring").contains(attribute.getName())
                    || attribute.getName().startsWith("xmlns")
                    || attribute.getName().startsWith("xsi:")
                    || (attribute.getName().equals("dynamicConfig")
                            && attribute.getValue().equals("true"));
            if (!known) {
                throw unsupported(where, "<ehcache>", attribute);
            }
        }
        ElementCacheConfig template = null;
        List<ElementCacheConfig> caches = new ArrayList<>();
        for (Element child : children(root)) {
            switch (child.getTagName()) {
                case "diskStore" -> {}
                case "defaultCache" -> template = cache(child, where);
                case "cache" -> caches.add(named(cache(child, where), where));
                default -> idle(child, where);
            }
        }
        return new ElementXml(root.hasAttribute("name") ? root.getAttribute("name") : null, template, caches);
    }

    private static Document parse(InputStream input, String where) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(input);
        } catch (SAXException | ParserConfigurationException e) {
            throw new ElementCacheException(
                    "The configuration " + where + " cannot be read: " + e.getMessage()
                            + " Correct the file; it must be well-formed and have no DOCTYPE.",
                    e);
        } catch (IOException e) {
            throw new ElementCacheException(
                    "The configuration " + where + " cannot be read. Check that it is there and readable.", e);
        }
    }

    /** A part that names no class does nothing. */
    private static void idle(Element child, String where) {
        boolean nothing = child.getTagName().equals("cacheManagerEventListenerFactory")
                && child.getAttribute("class").isEmpty();
        if (!nothing) {
            throw refused(
                    where, "it has <" + child.getTagName() + ">", "Do without it, or keep Ehcache for these caches.");
        }
    }

    private static ElementCacheConfig cache(Element element, String where) {
        ElementCacheConfig config = new ElementCacheConfig();
        String what = "the cache '" + element.getAttribute("name") + "'";
        for (Attr attribute : attributes(element)) {
            try {
                set(config, attribute, where, what);
            } catch (IllegalArgumentException e) {
                throw refused(
                        where, attribute + " of " + what + " is out of range", "Give 0 or more, and LRU, LFU or FIFO.");
            }
        }
        for (Element child : children(element)) {
            boolean none = child.getTagName().equals("persistence")
                    && child.getAttribute("strategy").equalsIgnoreCase("none");
            if (!none) {
                throw refused(
                        where,
                        what + " has <" + child.getTagName() + ">",
                        "Do without it, or keep Ehcache for this cache.");
            }
        }
        return config;
    }

    private static ElementCacheConfig named(ElementCacheConfig config, String where) {
        if (config.getName() == null || config.getName().isEmpty()) {
            throw refused(where, "a cache has no name", "Give it one.");
        }
        return config;
    }

    private static void set(ElementCacheConfig config, Attr attribute, String where, String what) {
        String value = attribute.getValue().strip();
        if (value.contains("${")) {
            throw refused(where, attribute + " of " + what + " has a placeholder", "Write its value.");
        }
        switch (attribute.getName()) {
            case "name" -> config.setName(value);
            case "maxEntriesLocalHeap", "maxElementsInMemory" -> config.setMaxEntriesLocalHeap(Long.parseLong(value));
            case "eternal" -> config.setEternal(Boolean.parseBoolean(value));
            case "timeToIdleSeconds" -> config.setTimeToIdleSeconds(Long.parseLong(value));
            case "timeToLiveSeconds" -> config.setTimeToLiveSeconds(Long.parseLong(value));
            case "clearOnFlush" -> config.setClearOnFlush(Boolean.parseBoolean(value));
            case "memoryStoreEvictionPolicy" -> config.setMemoryStoreEvictionPolicy(value);
            default -> {
                String off = OFF.get(attribute.getName());
                if (!IDLE.contains(attribute.getName()) && !(off != null && off.equalsIgnoreCase(value))) {
                    throw unsupported(where, what, attribute);
                }
            }
        }
    }

    private static ElementCacheException unsupported(String where, String what, Attr attribute) {
        return refused(where, what + " has " + attribute, "Remove that, or keep Ehcache for it.");
    }

    private static ElementCacheException refused(String where, String why, String how) {
        return new ElementCacheException("The configuration " + where + " cannot be kept, because " + why + ". " + how);
    }

    private static List<Attr> attributes(Element element) {
        NamedNodeMap map = element.getAttributes();
        List<Attr> attributes = new ArrayList<>();
        for (int i = 0; i < map.getLength(); i++) {
            attributes.add((Attr) map.item(i));
        }
        return attributes;
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element found) {
                children.add(found);
            }
        }
        return children;
    }
}
