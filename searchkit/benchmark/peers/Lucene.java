import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene at the other end of a pipe. A line asks, its parts divided by tabs; a line answers: the nanoseconds it
 * took in here, then the hits.
 */
public final class Lucene {
    private static final double BUFFER_MB = 256;
    private static final int WAITING = 1_000;
    private static final String[] KEPT = {"id", "headline", "paper", "published"};

    private final Analyzer analyzer = new EnglishAnalyzer();
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private DirectoryReader reader;
    private IndexSearcher searcher;

    public static void main(String[] arguments) throws Exception {
        new Lucene().answer(new PrintStream(System.out, false, StandardCharsets.UTF_8));
    }

    private void answer(PrintStream out) throws Exception {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] asked = line.split("\t", -1);
            long started = System.nanoTime();
            List<String> found = run(asked);
            long took = System.nanoTime() - started;
            out.print(took + "\t" + String.join("\t", found) + "\n");
            out.flush();
        }
    }

    private List<String> run(String[] asked) throws Exception {
        switch (asked[0]) {
            case "index":
                return index(Path.of(asked[1]));
            case "open":
                return open(Path.of(asked[1]));
            case "close":
                reader.close();
                return List.of();
            default:
                return search(asked[0], Integer.parseInt(asked[1]), query(asked));
        }
    }

    /** The rows that follow, to an empty line, in as many threads as there are processors. */
    private List<String> index(Path folder) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        AtomicReference<IOException> failed = new AtomicReference<>();
        IndexWriterConfig options = new IndexWriterConfig(analyzer).setRAMBufferSizeMB(BUFFER_MB);
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), options)) {
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING),
                    new ThreadPoolExecutor.CallerRunsPolicy());
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                String row = line;
                pool.execute(() -> {
                    try {
                        writer.addDocument(document(row.split("\t", -1)));
                    } catch (IOException error) {
                        failed.set(error);
                    }
                });
            }
            pool.shutdown();
            pool.awaitTermination(1, TimeUnit.DAYS);
            if (failed.get() != null) {
                throw failed.get();
            }
            writer.commit();
        }
        return List.of();
    }

    /** Offsets are kept with the postings, which is what the highlighter reads fastest. */
    private static Document document(String[] row) {
        FieldType text = new FieldType(TextField.TYPE_STORED);
        text.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        Document document = new Document();
        for (int at = 0; at < KEPT.length; at++) {
            document.add(new StoredField(KEPT[at], row[at]));
        }
        document.add(new Field("text", row[KEPT.length], text));
        return document;
    }

    private List<String> open(Path folder) throws IOException {
        reader = DirectoryReader.open(FSDirectory.open(folder));
        searcher = new IndexSearcher(reader);
        return List.of();
    }

    private List<String> search(String task, int limit, Query query) throws IOException {
        TopDocs hits = searcher.search(query, limit);
        if (task.equals("snippets")) {
            UnifiedHighlighter highlighter = UnifiedHighlighter.builder(searcher, analyzer).build();
            return shown(highlighter.highlight("text", query, hits));
        }
        List<String> found = new ArrayList<>();
        StoredFields stored = searcher.storedFields();
        for (ScoreDoc hit : hits.scoreDocs) {
            found.add(task.equals("fetch") ? kept(stored, hit.doc) : Integer.toString(hit.doc));
        }
        return found;
    }

    private static List<String> shown(String[] passages) {
        List<String> found = new ArrayList<>();
        for (String passage : passages) {
            found.add(passage == null ? "" : passage);
        }
        return found;
    }

    private static String kept(StoredFields stored, int number) throws IOException {
        Document document = stored.document(number, Set.of(KEPT));
        List<String> values = new ArrayList<>();
        for (String name : KEPT) {
            values.add(document.get(name));
        }
        return String.join("\u001f", values);
    }

    /** What may, must and must not be there: three columns, parts divided by commas, words by spaces. */
    private Query query(String[] asked) throws IOException {
        BooleanClause.Occur[] needs = {
            BooleanClause.Occur.SHOULD, BooleanClause.Occur.MUST, BooleanClause.Occur.MUST_NOT
        };
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        for (int at = 0; at < needs.length; at++) {
            for (String part : asked[2 + at].split(",")) {
                Query query = part(part);
                if (query != null) {
                    builder.add(query, needs[at]);
                }
            }
        }
        return builder.build();
    }

    /** A term, or a phrase of several; null for nothing but stop words. */
    private Query part(String words) throws IOException {
        List<Term> terms = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream("text", words)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                terms.add(new Term("text", term.toString()));
            }
            tokens.end();
        }
        if (terms.size() < 2) {
            return terms.isEmpty() ? null : new TermQuery(terms.get(0));
        }
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        terms.forEach(phrase::add);
        return phrase.build();
    }
}
