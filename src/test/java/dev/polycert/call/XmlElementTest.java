package dev.polycert.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlElementTest {

  @Test
  void readsElementsWithoutTheirNamespaces() throws IOException {
    XmlElement root = parse("<a xmlns='urn:x'><b>1 &lt; 2</b><c><![CDATA[<&]]></c><b>3</b></a>");

    assertThat(root.name()).isEqualTo("a");
    assertThat(root.textOf("b")).contains("1 < 2");
    assertThat(root.textOf("c")).contains("<&");
    assertThat(root.children()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"json\": true}",
        "<a>",
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1/a.dtd'><a/>"
      })
  void refusesWhatIsNoPlainXml(String document) {
    assertThatThrownBy(() -> parse(document)).isInstanceOf(IOException.class);
  }

  @Test
  void refusesADepthThatIsThereToHurt() {
    String deep = "<a>".repeat(10_000) + "</a>".repeat(10_000);
    assertThatThrownBy(() -> parse(deep)).isInstanceOf(IOException.class);
  }

  @Test
  void brokenBytesAreNoReasonToWriteToTheStandardError() throws IOException {
    PrintStream usual = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, UTF_8));
    try {
      XmlElement root = XmlElement.parse(new byte[] {'<', 'a', '>', -1, '<', '/', 'a', '>'});
      assertThat(root.text()).isEqualTo("\ufffd");
    } finally {
      System.setErr(usual);
    }

    assertThat(written.toString(UTF_8)).isEmpty();
  }

  private static XmlElement parse(String document) throws IOException {
    return XmlElement.parse(document.getBytes(UTF_8));
  }
}
