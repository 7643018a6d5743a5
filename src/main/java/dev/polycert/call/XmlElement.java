package dev.polycert.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of an answer, without attributes and namespaces: the vendors' answers do not use them.
 *
 * @param name its local name
 * @param text what it holds beside other elements
 */
public record XmlElement(String name, String text, List<XmlElement> children) {
  private static final int DEEPEST = 50;

  public XmlElement {
    children = List.copyOf(children);
  }

  /**
   * Reads a document. Vendors send no document type. A document that has one is refused, because it
   * could make the parser read files or expand entities.
   *
   * @throws IOException when it is no XML
   */
  public static XmlElement parse(byte[] document) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      // Java's parser writes to standard error when the bytes are not UTF-8.
      String text = new String(document, UTF_8);
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
          throw new IOException("a document type");
        }
      }
      return element(reader, 1);
    } catch (XMLStreamException | NoSuchElementException malformed) {
      throw new IOException("no XML", malformed);
    }
  }

  private static XmlElement element(XMLStreamReader reader, int depth)
      throws XMLStreamException, IOException {
    if (depth > DEEPEST) {
      throw new IOException("elements inside of elements inside of elements");
    }
    String name = reader.getLocalName();
    StringBuilder text = new StringBuilder();
    List<XmlElement> children = new ArrayList<>();
    while (reader.next() != XMLStreamConstants.END_ELEMENT) {
      switch (reader.getEventType()) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        default -> {}
      }
    }
    return new XmlElement(name, text.toString().strip(), children);
  }

  /** The first element of that name inside. */
  public Optional<XmlElement> child(String wanted) {
    return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
  }

  /** The text of the first element of that name inside. */
  public Optional<String> textOf(String wanted) {
    return child(wanted).map(XmlElement::text);
  }

  /** Writes a text so that it can stand in an element. */
  public static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
