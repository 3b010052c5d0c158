#include "base/bit.h"
#include "base/vec.h"
#include "catalog/compare.h"
#include "verbs_internal.h"

#define ANY ((size_t)-1)

const struct verb verbs[] = {
    {
        .name = "",
        .words = "[STORE]",
        .title = "Explore the creators of a store on the terminal",
        .help = "Opens the explorer: filter, order, compare and try figures; ? shows the keys. The "
                "store is one file; without a name it is the default one.",
        .options = BIT64(OPTION_VIEW),
        .wants = "one store at most",
        .most = 1,
        .run = verb_explore,
    },
    {
        .name = "import",
        .words = "FILE...",
        .title = "Read lists of creators into the store",
        .help =
            "Reads CSV, TSV, JSON and JSON Lines; - is standard input. What each column means "
            "is found out and told, guesses with a ?. Rows that cannot be used are told with "
            "line and reason. Importing a file again changes nothing; --dry-run shows "
            "beforehand what would be read, and --write-map puts it into a file to be mended and "
            "given with --map, for this list and the next of its kind. --rejects keeps the rows "
            "that could not be used as they are in the file, with line and reason in front, to be "
            "mended and imported in their turn.",
        .examples = "microscope import creators.csv --platform tiktok\n"
                    "microscope import creators.csv --rejects mend.csv\n"
                    "microscope import creators.csv --dry-run --write-map creators.yaml\n"
                    "curl -s URL | microscope import - --platform youtube --date 2026-11-01",
        .options = BIT64(OPTION_PLATFORM) | BIT64(OPTION_DATE) | BIT64(OPTION_MAP) |
                   BIT64(OPTION_WRITE_MAP) | BIT64(OPTION_DRY_RUN) | BIT64(OPTION_REPORT) |
                   BIT64(OPTION_REJECTS) | BIT64(OPTION_PROGRESS) | BIT64(OPTION_FORCE),
        .wants = "one file or several, or - for standard input",
        .least = 1,
        .most = ANY,
        .run = verb_import,
    },
    {
        .name = "imports",
        .words = "[ACTION...]",
        .title = "Tell what was imported, and take it back",
        .help = "The last ten files can be taken back, in any order. What you did yourself stays: "
                "ticks, plan, notes and tags. Standard output has the list, standard error what "
                "became of whom.",
        .examples = "microscope imports\n"
                    "microscope imports take-back last",
        .options = BIT64(OPTION_FORMAT),
        .wants = "what to do, and with which",
        .most = ANY,
        .run = verb_imports,
        .actions = imports_actions,
    },
    {
        .name = "feed",
        .words = "[FILE]",
        .title = "Take figures into the store as they come in",
        .help =
            "Reads JSON Lines from a file that grows, or from standard input to its end. A line is "
            "one creator: platform and handle, handle alone as tiktok/lena, or a profile link as "
            "url; the time under at (else it is now); and any columns by their keys. What is newer "
            "than what is stored replaces it, which joins the history; what is older joins the "
            "history; the same again changes nothing. Who is not in the store yet is added. A line "
            "is in the store a fifth of a second after it was written. A file goes on where the "
            "last run stopped, and from its front where it was cut short, written anew or replaced "
            "by another of its name. Lines that cannot be used are told by number and kept in "
            "STORE.rejected.jsonl. Ctrl-C ends it after the last whole transaction. Several feeds, "
            "imports and explorers can use one store at once. The history keeps every snapshot; "
            "the "
            "log of changes the latest 100,000. --simulate invents looks at the creators that are "
            "there, one entry of the history an hour at most.",
        .examples = "tail -F metrics.log | jq -c .creator | microscope feed\n"
                    "microscope feed metrics.jsonl --store deals.db\n"
                    "microscope feed --simulate 50 --seed 7 --store try.db --for 60",
        .options = BIT64(OPTION_SIMULATE) | BIT64(OPTION_SEED) | BIT64(OPTION_FOR) |
                   BIT64(OPTION_UPDATES) | BIT64(OPTION_REJECTS) | BIT64(OPTION_PROGRESS),
        .wants = "one file at most, or - for standard input",
        .most = 1,
        .run = verb_feed,
    },
    {
        .name = "demo",
        .words = "",
        .title = "Explore a private copy of the sample data that moves",
        .help =
            "Invented creators with figures of today in a store of their own, which goes when the "
            "explorer ends, and a simulated feed that moves them. With --store that store is "
            "explored beside the feed, is made where there is none, and stays.",
        .examples = "microscope demo\n"
                    "microscope demo --store try.db",
        .run = verb_demo,
    },
    {
        .name = "list",
        .words = "[FILTER...]",
        .title = "Print the creators that pass a filter",
        .help = "Without a filter all of them; by default the best ROI first. A table is for "
                "people: a ~ stands before what rests on an estimated fee. The other formats have "
                "exact figures and the keys of `microscope columns`.",
        .examples = "microscope list niche:beauty tier:micro 'fee<500' --sort -roi\n"
                    "microscope list country:DE 'er>=3%' --format json",
        .options = BIT64(OPTION_SORT) | BIT64(OPTION_COLUMNS) | BIT64(OPTION_FORMAT) |
                   BIT64(OPTION_SCENARIO) | BIT64(OPTION_VIEW),
        .most = ANY,
        .run = verb_list,
    },
    {
        .name = "compare",
        .words = "HANDLE HANDLE...",
        .title = "Set two to eight creators side by side",
        .help = "A handle, platform/handle or a profile link each; with --view and without "
                "names the first five of it. The first is what the others "
                "are measured against. < marks the best of a row; the last lines say in factors "
                "why one brings back more than another.",
        .examples = "microscope compare glow.by.mina tiktok/maiken.skin",
        .options = BIT64(OPTION_FORMAT) | BIT64(OPTION_SCENARIO) | BIT64(OPTION_VIEW),
        .wants = "two to eight creators",
        .most = COMPARE_MOST,
        .run = verb_compare,
    },
    {
        .name = "tiers",
        .words = "[FILTER...]",
        .title = "Tell what the tiers say, and whether what people say holds",
        .help = "Medians of nano, micro, macro and mega creators among those that pass the filter, "
                "engagement by tier and platform, and what people say about micro-influencers, "
                "each with the figures for it and against it and how many creators they rest on. "
                "Whatever needs a fee counts known ones only. The other formats have a figure a "
                "row: what it is of, its value, for how many of how many it is known.",
        .examples = "microscope tiers\n"
                    "microscope tiers niche:beauty country:DE --format json",
        .options = BIT64(OPTION_FORMAT) | BIT64(OPTION_SCENARIO) | BIT64(OPTION_VIEW),
        .most = ANY,
        .run = verb_tiers,
    },
    {
        .name = "export",
        .words = "OUT [FILTER...]",
        .title = "Write creators to a file",
        .help = "By the end of the file's name or --format; - is standard output. CSV, TSV, JSON, "
                "JSON Lines and Markdown hold one table: without --columns it is every stored "
                "column that anybody filled, which an import reads back; figures are exact, fees "
                "in the currency of their row, and the order is that in which creators came; JSON "
                "and JSON Lines have the past values too. "
                "HTML is one page to read and print, XLSX a workbook whose sums stay live: the "
                "plan where there is one, those of --compare or those who are ticked side by "
                "side, the list with the columns and in the order of the screen, and the "
                "assumptions with their sources. --parts chooses among these. A filter, an order, "
                "documents, or columns that are computed take the memory of an explorer; without "
                "them it takes next to none. The file is there whole or not at all.",
        .examples = "microscope export creators.csv\n"
                    "microscope export micro.jsonl tier:micro 'fee<500' --columns handle,fee,roi\n"
                    "microscope export spring.html --parts plan,assumptions,estimates\n"
                    "microscope export team.xlsx niche:beauty --sort -roi --compare anna,mina",
        .options = BIT64(OPTION_COLUMNS) | BIT64(OPTION_SORT) | BIT64(OPTION_FORMAT) |
                   BIT64(OPTION_PARTS) | BIT64(OPTION_COMPARE) | BIT64(OPTION_TITLE) |
                   BIT64(OPTION_BUDGET) | BIT64(OPTION_FORCE) | BIT64(OPTION_PROGRESS) |
                   BIT64(OPTION_SCENARIO) | BIT64(OPTION_VIEW),
        .wants = "a file to write, or - for standard output, and then words of a filter",
        .least = 1,
        .most = ANY,
        .run = verb_export,
    },
    {
        .name = "scenario",
        .words = "[ACTION...]",
        .title = "Tell and change scenarios: assumptions, each set with a plan of its own",
        .help = "A scenario is what turns facts into a forecast, by the keys of :set, and a plan. "
                "The explorer and all commands work with the one in use; other commands take "
                "--scenario NAME. Names are the same in capitals and small letters.",
        .examples = "microscope scenario set budget=12k cvr=3% --scenario spring\n"
                    "microscope scenario copy spring autumn\n"
                    "microscope scenario export > spring.yaml\n"
                    "microscope scenario show --format json",
        .options = BIT64(OPTION_SCENARIO) | BIT64(OPTION_FORMAT) | BIT64(OPTION_FORCE),
        .wants = "what to do, and with what",
        .most = ANY,
        .run = verb_scenario,
        .actions = scenario_actions,
    },
    {
        .name = "views",
        .words = "[ACTION...]",
        .title = "Tell and change views: filters by name, with order and columns",
        .help =
            "A view is a filter and, where it says so, an order, columns and the scenario it is "
            "meant for; what it does not say stays as it is. Some come with the program. The "
            "explorer shows them all with v; it and list, compare, tiers and export take --view "
            "NAME, and words of a filter besides are added. Names are the same in capitals and "
            "small letters.",
        .examples = "microscope views save 'Skin care' niche:skincare 'fee<500' --sort -roi\n"
                    "microscope list --view 'Skin care' country:DE\n"
                    "microscope views export > views.yaml\n"
                    "microscope views import views.yaml",
        .options = BIT64(OPTION_FORMAT) | BIT64(OPTION_SORT) | BIT64(OPTION_COLUMNS) |
                   BIT64(OPTION_SCENARIO) | BIT64(OPTION_VIEW) | BIT64(OPTION_FORCE),
        .wants = "what to do, and with which",
        .most = ANY,
        .run = verb_views,
        .actions = views_actions,
    },
    {
        .name = "plan",
        .words = "[ACTION...]",
        .title = "Tell and change the plan of a scenario",
        .help = "Who is in the plan with how many posts at which fee, what each of them and the "
                "plan as a whole costs, reaches and earns back. As JSON it is one object: "
                "creators, totals (with how many creators each is known of) and channels; csv, "
                "tsv and jsonl have the creators only; html and xlsx are documents to hand on.",
        .examples = "microscope plan add glow.by.mina tiktok/maiken.skin --posts 2\n"
                    "microscope plan add glow.by.mina --fee 350 --as reel\n"
                    "microscope plan --budget 20k\n"
                    "microscope plan fill niche:beauty --budget 8k --rules 'at most 2 tier:macro'\n"
                    "microscope plan --format json --scenario spring",
        .options = BIT64(OPTION_SCENARIO) | BIT64(OPTION_FORMAT) | BIT64(OPTION_BUDGET) |
                   BIT64(OPTION_POSTS) | BIT64(OPTION_FEE) | BIT64(OPTION_AS) | BIT64(OPTION_MOST) |
                   BIT64(OPTION_RULES) | BIT64(OPTION_CHANGE) | BIT64(OPTION_KNOWN_FEES) |
                   BIT64(OPTION_DRY_RUN),
        .wants = "what to do, and with whom",
        .most = ANY,
        .run = verb_plan,
        .actions = plan_actions,
    },
    {
        .name = "generate",
        .words = "--creators N",
        .title = "Invent creators",
        .help = "Synthetic data on standard output, CSV, or JSON Lines where there is history; or "
                "into a store that is named. The same seed gives the same creators everywhere.",
        .examples = "microscope generate --creators 100000 --seed 7 > many.csv\n"
                    "microscope generate --creators 1200 --snapshots 26 --store try.db",
        .options = BIT64(OPTION_CREATORS) | BIT64(OPTION_SEED) | BIT64(OPTION_NICHES) |
                   BIT64(OPTION_COUNTRIES) | BIT64(OPTION_SNAPSHOTS) | BIT64(OPTION_DATE) |
                   BIT64(OPTION_FORMAT),
        .run = verb_generate,
    },
    {
        .name = "peers",
        .words = "",
        .title = "Make the medians of the peers anew",
        .help = "What a creator of a platform and size usually has is kept in the store, so that "
                "everybody sees the same figures. Imports make it anew; this is for stores that "
                "other programs wrote to.",
        .run = verb_peers,
    },
    {
        .name = "columns",
        .words = "",
        .title = "Tell all columns with their keys, units and formulas",
        .help = "The keys are those of filter words, files and JSON.",
        .options = BIT64(OPTION_FORMAT),
        .run = verb_columns,
    },
    {
        .name = "commands",
        .words = "",
        .title = "Tell all commands of the explorer with their keys",
        .help = "The same as ? shows in the explorer.",
        .options = BIT64(OPTION_FORMAT),
        .run = verb_commands,
    },
    {
        .name = "themes",
        .words = "",
        .title = "Tell the themes of the explorer",
        .help = "Without --theme it follows the background of the terminal.",
        .options = BIT64(OPTION_FORMAT),
        .run = verb_themes,
    },
    {
        .name = "config",
        .words = "[KEY]",
        .title = "Tell the settings, each with where its value comes from",
        .help = "Settings stand as `key: value` in microscope/config.yaml of the folder for "
                "configuration, or in the file of --config. An option beats the environment, that "
                "beats the file, the file beats the default. With a key, that value alone.",
        .examples = "microscope config\n"
                    "microscope config --example > ~/.config/microscope/config.yaml\n"
                    "microscope config --format json",
        .options = BIT64(OPTION_EXAMPLE) | BIT64(OPTION_FORMAT),
        .wants = "one key at most",
        .most = 1,
        .run = verb_config,
    },
    {
        .name = "help",
        .words = "[VERB]",
        .title = "Tell what there is, or more about one verb",
        .help = "The same as --help.",
        .examples = "microscope help import",
        .wants = "one verb at most",
        .most = 1,
        .run = verb_help,
    },
};
const size_t verb_count = COUNT_OF(verbs);
